package io.tramontane.pipeline.transport;

import io.tramontane.schemas.Completion;
import io.tramontane.schemas.MalformedRecordException;
import io.tramontane.schemas.RecordCodec;
import io.tramontane.schemas.Score;
import io.tramontane.schemas.ScoredCompletion;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A scored completion as the completion (see {@link CompletionSerializer}) and the single-object encoding of its score
 * behind the length of that (int32).
 */
public final class ScoredCompletionSerializer extends ImmutableSerializer<ScoredCompletion> {

    private static final long serialVersionUID = 1L;

    /** Not shared between threads, as the serializer is not. */
    private transient RecordCodec<Score> scores;

    @Override
    public TypeSerializer<ScoredCompletion> duplicate() {
        return new ScoredCompletionSerializer();
    }

    @Override
    public ScoredCompletion createInstance() {
        return new ScoredCompletion();
    }

    @Override
    public void serialize(ScoredCompletion scored, DataOutputView target) throws IOException {
        CompletionSerializer.INSTANCE.serialize(scored.getCompletion(), target);
        writeBytes(
                scores().encode(new Score(scored.getReward(), scored.getComponents(), scored.getAdvantage())), target);
    }

    @Override
    public ScoredCompletion deserialize(DataInputView source) throws IOException {
        Completion completion = CompletionSerializer.INSTANCE.deserialize(source);
        try {
            Score score = scores().decodeTrusted(readBytes(source));
            return new ScoredCompletion(completion, score.getReward(), score.getComponents(), score.getAdvantage());
        } catch (MalformedRecordException e) {
            throw new IOException("these bytes are no score", e);
        }
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        copyBytes(source, target);
        copyBytes(source, target);
    }

    private RecordCodec<Score> scores() {
        if (scores == null) {
            scores = RecordCodec.of(Score.class);
        }
        return scores;
    }

    @Override
    public TypeSerializerSnapshot<ScoredCompletion> snapshotConfiguration() {
        return new ScoredCompletionSerializerSnapshot();
    }

    /** Names this format in a checkpoint. */
    public static final class ScoredCompletionSerializerSnapshot extends Snapshot<ScoredCompletion> {

        public ScoredCompletionSerializerSnapshot() {
            super(ScoredCompletionSerializer::new);
        }
    }
}
