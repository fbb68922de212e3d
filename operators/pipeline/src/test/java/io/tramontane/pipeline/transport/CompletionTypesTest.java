package io.tramontane.pipeline.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.pipeline.TestCompletion;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.ScoredCompletion;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshotSerializationUtil;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.junit.jupiter.api.Test;

class CompletionTypesTest {

    private static <T> TypeSerializer<T> serializer(TypeInformation<T> type) {
        return type.createSerializer(new SerializerConfigImpl());
    }

    private static <T> T throughBytes(TypeSerializer<T> serializer, T value) throws Exception {
        var written = new DataOutputSerializer(64);
        serializer.serialize(value, written);
        var copied = new DataOutputSerializer(64);
        serializer.copy(new DataInputDeserializer(written.getCopyOfBuffer()), copied);
        assertThat(copied.getCopyOfBuffer()).isEqualTo(written.getCopyOfBuffer());
        return serializer.deserialize(new DataInputDeserializer(copied.getCopyOfBuffer()));
    }

    @Test
    void completionsAndScoresSurvive() throws Exception {
        Completion completion = TestCompletion.of("a", 1).completion();
        ScoredCompletion scored = TestCompletion.of("a", 1).reward(0.5).scored();

        assertThat(throughBytes(serializer(CompletionTypes.COMPLETION), completion))
                .isEqualTo(completion);
        ScoredCompletion read = throughBytes(serializer(CompletionTypes.SCORED_COMPLETION), scored);
        assertThat(read.getCompletion()).isEqualTo(scored.getCompletion());
        assertThat(read.getReward()).isEqualTo(0.5);
        assertThat(read.getComponents()).isEqualTo(scored.getComponents());
    }

    @Test
    void stateInTheFormerFormatIsMigratedAndInThisOneTakenAsItIs() throws Exception {
        var former = new AvroTypeInfo<>(Completion.class)
                .createSerializer(new SerializerConfigImpl())
                .snapshotConfiguration();
        var now = serializer(CompletionTypes.COMPLETION).snapshotConfiguration();

        assertThat(now.resolveSchemaCompatibility(former).isCompatibleAfterMigration())
                .isTrue();
        assertThat(now.resolveSchemaCompatibility(written(now)).isCompatibleAsIs())
                .isTrue();
        var scored = serializer(CompletionTypes.SCORED_COMPLETION).snapshotConfiguration();
        assertThat(scored.resolveSchemaCompatibility(written(scored)).isCompatibleAsIs())
                .isTrue();
    }

    private static <T> TypeSerializerSnapshot<T> written(TypeSerializerSnapshot<T> snapshot) throws Exception {
        var target = new DataOutputSerializer(64);
        TypeSerializerSnapshotSerializationUtil.writeSerializerSnapshot(target, snapshot);
        return TypeSerializerSnapshotSerializationUtil.readSerializerSnapshot(
                new DataInputDeserializer(target.getCopyOfBuffer()), CompletionTypesTest.class.getClassLoader());
    }
}
