package io.tramontane.pipeline.training;

import io.tramontane.policy.TensorSpec;
import io.tramontane.policy.Weights;
import io.tramontane.policy.training.TrainerState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes the trainer's state, and hands out the same object as its copy: the arrays are immutable, so the synchronous
 * part of a checkpoint copies nothing and writing goes on beside training.
 *
 * <p>Format: a format number, incarnation, step, the tensors' names and shapes, then weights, first and second moments
 * as float32 little-endian. It describes itself; a change of it gets a new number, and old numbers stay readable.
 */
final class TrainerSnapshotSerializer extends TypeSerializerSingleton<TrainerSnapshot> {

    static final TrainerSnapshotSerializer INSTANCE = new TrainerSnapshotSerializer();

    private static final long serialVersionUID = 1L;
    private static final int FORMAT = 1;
    private static final int CHUNK_BYTES = 1 << 16;

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TrainerSnapshot createInstance() {
        return null;
    }

    @Override
    public TrainerSnapshot copy(TrainerSnapshot from) {
        return from;
    }

    @Override
    public TrainerSnapshot copy(TrainerSnapshot from, TrainerSnapshot reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(TrainerSnapshot snapshot, DataOutputView target) throws IOException {
        TrainerState state = snapshot.state();
        target.writeInt(FORMAT);
        target.writeLong(snapshot.incarnation());
        target.writeLong(state.step());
        writeSpecs(state.weights().specs(), target);
        writeValues(state.weights().values(), target);
        writeValues(state.firstMoment().values(), target);
        writeValues(state.secondMoment().values(), target);
    }

    @Override
    public TrainerSnapshot deserialize(DataInputView source) throws IOException {
        int format = source.readInt();
        if (format != FORMAT) {
            throw new IOException("the trainer's state has format " + format + "; this release reads up to " + FORMAT);
        }
        long incarnation = source.readLong();
        long step = source.readLong();
        List<TensorSpec> specs = readSpecs(source);
        Weights weights = readValues(specs, source);
        Weights firstMoment = readValues(specs, source);
        Weights secondMoment = readValues(specs, source);
        return new TrainerSnapshot(incarnation, new TrainerState(weights, firstMoment, secondMoment, step));
    }

    @Override
    public TrainerSnapshot deserialize(TrainerSnapshot reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    private static void writeSpecs(List<TensorSpec> specs, DataOutputView target) throws IOException {
        target.writeInt(specs.size());
        for (TensorSpec spec : specs) {
            target.writeUTF(spec.name());
            target.writeInt(spec.shape().size());
            for (long dimension : spec.shape()) {
                target.writeLong(dimension);
            }
        }
    }

    private static List<TensorSpec> readSpecs(DataInputView source) throws IOException {
        int count = source.readInt();
        List<TensorSpec> specs = new ArrayList<>();
        for (int tensor = 0; tensor < count; tensor++) {
            String name = source.readUTF();
            int dimensions = source.readInt();
            List<Long> shape = new ArrayList<>();
            for (int dimension = 0; dimension < dimensions; dimension++) {
                shape.add(source.readLong());
            }
            specs.add(new TensorSpec(name, shape));
        }
        return specs;
    }

    private static void writeValues(float[] values, DataOutputView target) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        int perChunk = CHUNK_BYTES / Float.BYTES;
        for (int start = 0; start < values.length; start += perChunk) {
            int count = Math.min(perChunk, values.length - start);
            chunk.asFloatBuffer().put(values, start, count);
            target.write(chunk.array(), 0, count * Float.BYTES);
        }
    }

    private static Weights readValues(List<TensorSpec> specs, DataInputView source) throws IOException {
        float[] values = new float
                [Math.toIntExact(specs.stream().mapToLong(TensorSpec::size).sum())];
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        int perChunk = CHUNK_BYTES / Float.BYTES;
        for (int start = 0; start < values.length; start += perChunk) {
            int count = Math.min(perChunk, values.length - start);
            source.readFully(chunk.array(), 0, count * Float.BYTES);
            chunk.asFloatBuffer().get(values, start, count);
        }
        return new Weights(specs, values);
    }

    @Override
    public TypeSerializerSnapshot<TrainerSnapshot> snapshotConfiguration() {
        return new Snapshot();
    }

    /**
     * Identifies the serializer in savepoints; the format number lies in the data itself. Public because Flink
     * instantiates it by name.
     */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<TrainerSnapshot> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
