package io.tramontane.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;

class EncodedCompletionTest {

    private final Completion plain = Samples.completion("numeric");
    private final byte[] encoding = RecordCodec.of(Completion.class).encode(plain);

    @Test
    void isTheCompletionThatWasEncoded() throws Exception {
        assertThat(EncodedCompletion.trusted(encoding)).isEqualTo(plain);
        assertThat(EncodedCompletion.trusted(encoding)).isEqualTo(EncodedCompletion.read(encoding));
        assertThat(EncodedCompletion.trusted(encoding)).hasSameHashCodeAs(plain);
        assertThat(EncodedCompletion.of(plain).encoding()).isEqualTo(encoding);
    }

    /**
     * Of each getter, also of those that a later version of the schema adds, on a completion that nobody looked into.
     * The sample must have a value of its own in each field, or a getter that was forgotten would seem to be right.
     */
    @Test
    void everyFieldIsDecodedWhenItIsAskedFor() throws Exception {
        for (var field : Completion.getClassSchema().getFields()) {
            String name = field.name();
            Method getter =
                    Completion.class.getMethod("get" + Character.toUpperCase(name.charAt(0)) + name.substring(1));
            assertThat(getter.invoke(plain)).as("%s of the sample", name).isNotEqualTo(getter.invoke(new Completion()));
            assertThat(getter.invoke(EncodedCompletion.trusted(encoding)))
                    .as(name)
                    .isEqualTo(getter.invoke(plain));
            assertThat(EncodedCompletion.trusted(encoding).get(field.pos()))
                    .as(name)
                    .isEqualTo(plain.get(field.pos()));
        }
    }

    @Test
    void isWrittenInAGroupAsAnyOther() throws Exception {
        byte[] expected = RecordCodec.of(ScoredCompletion.class).encode(scored(plain));

        assertThat(RecordCodec.of(ScoredCompletion.class).encode(scored(EncodedCompletion.trusted(encoding))))
                .isEqualTo(expected);
    }

    @Test
    void isWrittenAsAnyOtherByWhoKnowsNothingOfIt() throws Exception {
        assertThat(SpecificData.get().compare(EncodedCompletion.trusted(encoding), plain, Completion.getClassSchema()))
                .isZero();
        assertThat(SpecificData.get()
                        .<Completion>deepCopy(Completion.getClassSchema(), EncodedCompletion.trusted(encoding)))
                .isEqualTo(plain);
    }

    private static ScoredCompletion scored(Completion completion) {
        return new ScoredCompletion(completion, 1.0, List.of(Samples.component()), 0.5);
    }

    @Test
    void whatAFormerVersionWroteIsEncodedAnew() throws Exception {
        EncodedCompletion read = EncodedCompletion.read(FixtureFiles.read(1, "Completion"));

        assertThat(read).isEqualTo(Samples.completionOfVersionOne());
        assertThat(read.encoding())
                .isEqualTo(RecordCodec.of(Completion.class).encode(Samples.completionOfVersionOne()));
        assertThat(EncodedCompletion.trusted(FixtureFiles.read(1, "Completion")))
                .isEqualTo(read);
    }

    @Test
    void whatIsNoCompletionIsMalformed() {
        byte[] other = RecordCodec.of(WeightSpan.class).encode(Samples.span());

        assertThatThrownBy(() -> EncodedCompletion.read(other)).isInstanceOf(MalformedRecordException.class);
        assertThatThrownBy(() -> EncodedCompletion.trusted(other)).isInstanceOf(IOException.class);
    }
}
