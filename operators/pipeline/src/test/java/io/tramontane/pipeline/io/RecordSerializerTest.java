package io.tramontane.pipeline.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.schemas.DeadLetter;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.OutcomeKind;
import io.tramontane.schemas.RecordCodec;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RecordSerializerTest {

    @Test
    void writesSingleObjectEncodingUnderTheGroupsKey() throws Exception {
        var outcome = new Outcome("run", "run/0/a", null, OutcomeKind.TRAINED, null, 3L, 4, 5L);
        var serializer = new RecordSerializer.Outcomes("run.outcomes");
        serializer.open(null, null);
        var written = serializer.serialize(outcome, null, null);

        assertThat(written.topic()).isEqualTo("run.outcomes");
        assertThat(written.key()).isEqualTo("run/0/a".getBytes(StandardCharsets.UTF_8));
        assertThat(RecordCodec.of(Outcome.class).decode(written.value())).isEqualTo(outcome);
    }

    @Test
    void deadLettersHaveNoKey() {
        var serializer = new RecordSerializer.DeadLetters("run.dead-letters");
        serializer.open(null, null);

        assertThat(serializer
                        .serialize(new DeadLetter("t", 0, 0L, "cause", null, null, 0L), null, null)
                        .key())
                .isNull();
    }
}
