package io.tramontane.schemas;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;

/**
 * A completion as it lies on its topic, in single-object encoding, which is decoded when somebody asks for more than
 * where it belongs. It goes through the dataflow from the completions topic into the groups topic; most of the way
 * nobody does, and it is written by copying its bytes.
 *
 * <p>Not to be changed: setters would change the fields but not the bytes. Thread-safe as long as nobody does.
 */
public final class EncodedCompletion extends Completion {

    private static final long serialVersionUID = 1L;

    private static final ThreadLocal<RecordCodec<Completion>> CODEC =
            ThreadLocal.withInitial(() -> RecordCodec.of(Completion.class));

    private final transient byte[] encoding;
    private final transient String groupId;
    private final transient int sampleIndex;
    private final transient int groupSize;
    private transient volatile boolean decoded;

    /** @param encoding of the current version of the schema, whole and well-formed; not copied */
    private EncodedCompletion(byte[] encoding) throws IOException {
        this.encoding = encoding;
        BinaryDecoder prefix = DecoderFactory.get()
                .binaryDecoder(encoding, RecordCodec.HEADER_BYTES, encoding.length - RecordCodec.HEADER_BYTES, null);
        prefix.skipString();
        groupId = prefix.readString();
        prefix.skipString();
        sampleIndex = prefix.readInt();
        groupSize = prefix.readInt();
    }

    /**
     * A completion read from a topic.
     *
     * @param encoding not copied
     * @throws MalformedRecordException when the bytes are no completion
     */
    public static EncodedCompletion read(byte[] encoding) throws MalformedRecordException {
        RecordCodec<Completion> codec = CODEC.get();
        codec.verify(encoding);
        if (!codec.isCurrent(encoding)) {
            return of(codec.decodeVerified(encoding, null));
        }
        try {
            EncodedCompletion completion = new EncodedCompletion(encoding);
            codec.decodeVerified(encoding, completion);
            completion.decoded = true;
            return completion;
        } catch (IOException e) {
            throw new MalformedRecordException("the record is cut off", e);
        }
    }

    /**
     * A completion from bytes that {@link #encoding()} returned once.
     *
     * @param encoding not copied
     * @throws IOException when they are others
     */
    public static EncodedCompletion trusted(byte[] encoding) throws IOException {
        return CODEC.get().isCurrent(encoding) ? new EncodedCompletion(encoding) : readTrusted(encoding);
    }

    /** State of an older release. */
    private static EncodedCompletion readTrusted(byte[] encoding) throws IOException {
        try {
            return read(encoding);
        } catch (MalformedRecordException e) {
            throw new IOException("these bytes are no completion", e);
        }
    }

    /** This completion encoded; itself when it is already. */
    public static EncodedCompletion of(Completion completion) {
        if (completion instanceof EncodedCompletion encoded) {
            return encoded;
        }
        try {
            return new EncodedCompletion(CODEC.get().encode(completion));
        } catch (IOException e) {
            throw new IllegalStateException("what was encoded can be decoded", e);
        }
    }

    /** The single-object encoding; not to be changed. */
    public byte[] encoding() {
        return encoding;
    }

    private void decode() {
        if (!decoded) {
            decodeOnce();
        }
    }

    private synchronized void decodeOnce() {
        if (!decoded) {
            try {
                CODEC.get().decodeVerified(encoding, this);
            } catch (MalformedRecordException e) {
                throw new IllegalStateException("the encoding of " + groupId + "/" + sampleIndex + " was changed", e);
            }
            decoded = true;
        }
    }

    @Override
    public void customEncode(Encoder out) throws IOException {
        out.writeFixed(encoding, RecordCodec.HEADER_BYTES, encoding.length - RecordCodec.HEADER_BYTES);
    }

    @Override
    public Object get(int field) {
        decode();
        return super.get(field);
    }

    @Override
    public String getGroupId() {
        return groupId;
    }

    @Override
    public int getSampleIndex() {
        return sampleIndex;
    }

    @Override
    public int getGroupSize() {
        return groupSize;
    }

    @Override
    public String getCompletionId() {
        decode();
        return super.getCompletionId();
    }

    @Override
    public String getRunId() {
        decode();
        return super.getRunId();
    }

    @Override
    public String getProblemId() {
        decode();
        return super.getProblemId();
    }

    @Override
    public String getProblem() {
        decode();
        return super.getProblem();
    }

    @Override
    public String getReference() {
        decode();
        return super.getReference();
    }

    @Override
    public String getLanguage() {
        decode();
        return super.getLanguage();
    }

    @Override
    public String getText() {
        decode();
        return super.getText();
    }

    @Override
    public ByteBuffer getPromptTokens() {
        decode();
        return super.getPromptTokens();
    }

    @Override
    public ByteBuffer getCompletionTokens() {
        decode();
        return super.getCompletionTokens();
    }

    @Override
    public ByteBuffer getLogProbs() {
        decode();
        return super.getLogProbs();
    }

    @Override
    public List<WeightSpan> getSpans() {
        decode();
        return super.getSpans();
    }

    @Override
    public FinishReason getFinishReason() {
        decode();
        return super.getFinishReason();
    }

    @Override
    public String getGeneratorId() {
        decode();
        return super.getGeneratorId();
    }

    @Override
    public long getStartedAt() {
        decode();
        return super.getStartedAt();
    }

    @Override
    public long getFinishedAt() {
        decode();
        return super.getFinishedAt();
    }

    @Override
    public String getVerifier() {
        decode();
        return super.getVerifier();
    }

    /**
     * Whether the other is the same record, encoded or not. To be asked of the encoded one: a plain completion compares
     * fields, and those of this may not be there yet.
     */
    @Override
    public boolean equals(Object other) {
        decode();
        if (other instanceof EncodedCompletion encoded) {
            encoded.decode();
        }
        return super.equals(other);
    }

    @Override
    public int hashCode() {
        decode();
        return super.hashCode();
    }
}
