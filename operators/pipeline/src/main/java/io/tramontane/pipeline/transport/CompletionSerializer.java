package io.tramontane.pipeline.transport;

import io.tramontane.schemas.Completion;
import io.tramontane.schemas.EncodedCompletion;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A completion as its single-object encoding behind the length of that (int32). What is read is encoded. */
public final class CompletionSerializer extends ImmutableSerializer<Completion> {

    public static final CompletionSerializer INSTANCE = new CompletionSerializer();

    private static final long serialVersionUID = 1L;

    private CompletionSerializer() {}

    @Override
    public Completion createInstance() {
        return new Completion();
    }

    @Override
    public void serialize(Completion completion, DataOutputView target) throws IOException {
        writeBytes(EncodedCompletion.of(completion).encoding(), target);
    }

    @Override
    public Completion deserialize(DataInputView source) throws IOException {
        return EncodedCompletion.trusted(readBytes(source));
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        copyBytes(source, target);
    }

    @Override
    public TypeSerializerSnapshot<Completion> snapshotConfiguration() {
        return new CompletionSerializerSnapshot();
    }

    /** Names this format in a checkpoint. */
    public static final class CompletionSerializerSnapshot extends Snapshot<Completion> {

        public CompletionSerializerSnapshot() {
            super(CompletionSerializerSnapshot::serializer);
        }

        private static TypeSerializer<Completion> serializer() {
            return INSTANCE;
        }
    }
}
