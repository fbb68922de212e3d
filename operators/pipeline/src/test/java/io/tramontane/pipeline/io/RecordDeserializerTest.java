package io.tramontane.pipeline.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.pipeline.TestCompletion;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.DeadLetter;
import io.tramontane.schemas.RecordCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.types.Either;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordDeserializerTest {

    private static final byte[] KEY = "run/0/a".getBytes(StandardCharsets.UTF_8);

    private final RecordDeserializer<Completion> deserializer = RecordDeserializer.ofCompletions(
            new CompletionCheck(TestCompletion.RUN, CompletionCheckTest.LIMITS),
            CompletionCheckTest.LIMITS.maximumRecordBytes());

    @BeforeEach
    void open() {
        deserializer.open(null);
    }

    private Either<Completion, DeadLetter> read(byte[] value) {
        List<Either<Completion, DeadLetter>> read = new ArrayList<>();
        deserializer.deserialize(new ConsumerRecord<>("run.completions", 3, 42, KEY, value), new ListCollector<>(read));
        assertThat(read).hasSize(1);
        return read.get(0);
    }

    @Test
    void readsAValidCompletion() {
        Completion completion = TestCompletion.of("a", 1).completion();

        assertThat(read(RecordCodec.of(Completion.class).encode(completion)).left())
                .isEqualTo(completion);
    }

    @Test
    void makesADeadLetterOfWhatCannotBeDecoded() {
        DeadLetter letter = read(new byte[] {1, 2, 3}).right();

        assertThat(letter.getTopic()).isEqualTo("run.completions");
        assertThat(letter.getPartition()).isEqualTo(3);
        assertThat(letter.getOffset()).isEqualTo(42);
        assertThat(letter.getCause()).isNotBlank();
        assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap(KEY));
        assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    }

    @Test
    void makesADeadLetterOfACompletionThatIsCutOff() {
        byte[] whole = RecordCodec.of(Completion.class)
                .encode(TestCompletion.of("a", 1).completion());

        for (int length = 0; length < whole.length; length++) {
            assertThat(read(Arrays.copyOf(whole, length)).right().getCause()).isNotBlank();
        }
    }

    @Test
    void makesADeadLetterOfWhatIsNotValid() {
        Completion completion = TestCompletion.of("a", 1).completion();
        completion.setSampleIndex(9);

        assertThat(read(RecordCodec.of(Completion.class).encode(completion))
                        .right()
                        .getCause())
                .contains("sample 9 of a group of 4");
    }

    @Test
    void doesNotDecodeNorKeepWhatIsTooLarge() {
        DeadLetter letter = read(new byte[CompletionCheckTest.LIMITS.maximumRecordBytes() + 1])
                .right();

        assertThat(letter.getCause()).contains("10001 bytes");
        assertThat(letter.getValue().remaining()).isEqualTo(CompletionCheckTest.LIMITS.maximumRecordBytes());
    }

    @Test
    void survivesARecordWithoutValue() {
        DeadLetter letter = read(null).right();

        assertThat(letter.getCause()).contains("no value");
        assertThat(letter.getValue()).isNull();
    }

    @Test
    void whatItProducesTravelsWithoutGenericTypes() throws Exception {
        var config = new SerializerConfigImpl();
        config.setGenericTypes(false);
        TypeSerializer<Either<Completion, DeadLetter>> serializer =
                deserializer.getProducedType().createSerializer(config);
        Either<Completion, DeadLetter> letter = read(new byte[] {1, 2, 3});
        var target = new DataOutputSerializer(64);
        serializer.serialize(letter, target);

        assertThat(serializer.deserialize(new DataInputDeserializer(target.getCopyOfBuffer())))
                .isEqualTo(letter);
    }
}
