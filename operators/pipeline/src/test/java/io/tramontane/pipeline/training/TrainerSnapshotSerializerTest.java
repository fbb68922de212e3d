package io.tramontane.pipeline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tramontane.policy.TensorSpec;
import io.tramontane.policy.Weights;
import io.tramontane.policy.training.TrainerState;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class TrainerSnapshotSerializerTest {

    private static final TrainerSnapshotSerializer SERIALIZER = TrainerSnapshotSerializer.INSTANCE;
    /** More than one chunk, and no multiple of it. */
    private static final List<TensorSpec> SPECS =
            List.of(new TensorSpec("embedding", List.of(300L, 70L)), new TensorSpec("norm", List.of(7L)));

    private static Weights random(long seed) {
        var random = new SplittableRandom(seed);
        float[] values = new float[300 * 70 + 7];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new Weights(SPECS, values);
    }

    private static final TrainerSnapshot SNAPSHOT =
            new TrainerSnapshot(3, new TrainerState(random(1), random(2), random(3), 17));

    private static byte[] written() throws IOException {
        var target = new DataOutputSerializer(64);
        SERIALIZER.serialize(SNAPSHOT, target);
        return target.getCopyOfBuffer();
    }

    @Test
    void roundTripsBitForBit() throws IOException {
        TrainerSnapshot read = SERIALIZER.deserialize(new DataInputDeserializer(written()));

        assertThat(read.incarnation()).isEqualTo(3);
        assertThat(read.state().step()).isEqualTo(17);
        assertThat(read.state().weights().specs()).isEqualTo(SPECS);
        assertThat(read.state().weights().values())
                .isEqualTo(SNAPSHOT.state().weights().values());
        assertThat(read.state().firstMoment().values())
                .isEqualTo(SNAPSHOT.state().firstMoment().values());
        assertThat(read.state().secondMoment().values())
                .isEqualTo(SNAPSHOT.state().secondMoment().values());
    }

    @Test
    void copiesNothing() {
        assertThat(SERIALIZER.copy(SNAPSHOT)).isSameAs(SNAPSHOT);
    }

    @Test
    void refusesAFormatItDoesNotKnow() throws IOException {
        byte[] future = written();
        future[3] = 9;

        assertThatThrownBy(() -> SERIALIZER.deserialize(new DataInputDeserializer(future)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format 9");
    }

    @Test
    void isFoundAgainThroughItsSnapshot() throws IOException {
        var target = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(target, SERIALIZER.snapshotConfiguration());
        TypeSerializerSnapshot<TrainerSnapshot> read = TypeSerializerSnapshot.readVersionedSnapshot(
                new DataInputDeserializer(target.getCopyOfBuffer()), getClass().getClassLoader());

        assertThat(read.restoreSerializer()).isEqualTo(SERIALIZER);
        assertThat(SERIALIZER
                        .snapshotConfiguration()
                        .resolveSchemaCompatibility(read)
                        .isCompatibleAsIs())
                .isTrue();
    }
}
