package io.tramontane.schemas;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
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

    private static final int COMPLETION_ID = position("completionId");
    private static final int RUN_ID = position("runId");
    private static final int PROBLEM_ID = position("problemId");
    private static final int PROBLEM = position("problem");
    private static final int REFERENCE = position("reference");
    private static final int LANGUAGE = position("language");
    private static final int TEXT = position("text");
    private static final int PROMPT_TOKENS = position("promptTokens");
    private static final int COMPLETION_TOKENS = position("completionTokens");
    private static final int LOG_PROBS = position("logProbs");
    private static final int SPANS = position("spans");
    private static final int FINISH_REASON = position("finishReason");
    private static final int GENERATOR_ID = position("generatorId");
    private static final int VERIFIER = position("verifier");
    private static final int STAGE = position("stage");
    private static final int TEMPERATURE = position("temperature");

    private final transient byte[] encoding;
    private final transient String groupId;
    private final transient int sampleIndex;
    private final transient int groupSize;
    /** Where each field begins, by its position in the schema; null as long as nobody needed it. */
    private transient volatile int[] begins;

    private transient volatile boolean decoded;

    /** @param encoding of the current version of the schema, whole and well-formed; not copied */
    private EncodedCompletion(byte[] encoding) throws IOException {
        this.encoding = encoding;
        BodyCursor prefix = new BodyCursor(encoding, RecordCodec.HEADER_BYTES);
        prefix.skipBytes();
        groupId = prefix.string();
        prefix.skipBytes();
        sampleIndex = prefix.integer();
        groupSize = prefix.integer();
    }

    /**
     * A completion read from a topic. All of its bytes are looked at, and nothing is made of them.
     *
     * @param encoding not copied
     * @throws MalformedRecordException when the bytes are no completion
     */
    public static EncodedCompletion read(byte[] encoding) throws MalformedRecordException {
        RecordCodec<Completion> codec = CODEC.get();
        if (encoding.length < RecordCodec.HEADER_BYTES || !codec.isCurrent(encoding)) {
            return of(codec.decode(encoding));
        }
        try {
            int[] begins = BodyCursor.fields(encoding, getClassSchema());
            EncodedCompletion completion = new EncodedCompletion(encoding);
            completion.begins = begins;
            return completion;
        } catch (EOFException e) {
            throw new MalformedRecordException("the record is cut off", e);
        } catch (IOException e) {
            throw new MalformedRecordException(e.getMessage(), e);
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

    private List<WeightSpan> spans() {
        try {
            BodyCursor cursor = at(SPANS);
            List<WeightSpan> spans = new ArrayList<>();
            for (long items = cursor.block(); items > 0; items = cursor.block()) {
                for (long item = 0; item < items; item++) {
                    spans.add(new WeightSpan(cursor.varint(), cursor.varint(), cursor.integer(), cursor.integer()));
                }
            }
            return spans;
        } catch (IOException e) {
            throw new IllegalStateException("fields lie where they were found", e);
        }
    }

    private CurriculumStage stage() {
        try {
            BodyCursor cursor = at(STAGE);
            // The first of the union is null.
            return cursor.integer() == 0
                    ? null
                    : new CurriculumStage(cursor.integer(), cursor.integer(), cursor.integer());
        } catch (IOException e) {
            throw new IllegalStateException("fields lie where they were found", e);
        }
    }

    private FinishReason finishReason() {
        try {
            return FinishReason.values()[at(FINISH_REASON).integer()];
        } catch (IOException e) {
            throw new IllegalStateException("fields lie where they were found", e);
        }
    }

    private float temperature() {
        try {
            return at(TEMPERATURE).float32();
        } catch (IOException e) {
            throw new IllegalStateException("fields lie where they were found", e);
        }
    }

    private static int position(String field) {
        return getClassSchema().getField(field).pos();
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

    /** A cursor in front of the field. */
    private BodyCursor at(int field) {
        int[] known = begins;
        if (known == null) {
            try {
                known = BodyCursor.fields(encoding, getClassSchema());
            } catch (IOException e) {
                throw new IllegalStateException("the encoding of " + groupId + "/" + sampleIndex + " was changed", e);
            }
            begins = known;
        }
        return new BodyCursor(encoding, known[field]);
    }

    private String string(int field) {
        try {
            return at(field).string();
        } catch (IOException e) {
            throw new IllegalStateException("fields lie where they were found", e);
        }
    }

    private ByteBuffer bytes(int field) {
        try {
            return at(field).bytes();
        } catch (IOException e) {
            throw new IllegalStateException("fields lie where they were found", e);
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
        return decoded ? super.getCompletionId() : string(COMPLETION_ID);
    }

    @Override
    public String getRunId() {
        return decoded ? super.getRunId() : string(RUN_ID);
    }

    @Override
    public String getProblemId() {
        return decoded ? super.getProblemId() : string(PROBLEM_ID);
    }

    @Override
    public String getProblem() {
        return decoded ? super.getProblem() : string(PROBLEM);
    }

    @Override
    public String getReference() {
        return decoded ? super.getReference() : string(REFERENCE);
    }

    @Override
    public String getLanguage() {
        return decoded ? super.getLanguage() : string(LANGUAGE);
    }

    @Override
    public String getText() {
        return decoded ? super.getText() : string(TEXT);
    }

    @Override
    public ByteBuffer getPromptTokens() {
        return decoded ? super.getPromptTokens() : bytes(PROMPT_TOKENS);
    }

    @Override
    public ByteBuffer getCompletionTokens() {
        return decoded ? super.getCompletionTokens() : bytes(COMPLETION_TOKENS);
    }

    @Override
    public ByteBuffer getLogProbs() {
        return decoded ? super.getLogProbs() : bytes(LOG_PROBS);
    }

    @Override
    public List<WeightSpan> getSpans() {
        return decoded ? super.getSpans() : spans();
    }

    @Override
    public FinishReason getFinishReason() {
        return decoded ? super.getFinishReason() : finishReason();
    }

    @Override
    public String getGeneratorId() {
        return decoded ? super.getGeneratorId() : string(GENERATOR_ID);
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
        return decoded ? super.getVerifier() : string(VERIFIER);
    }

    @Override
    public CurriculumStage getStage() {
        return decoded ? super.getStage() : stage();
    }

    @Override
    public float getTemperature() {
        return decoded ? super.getTemperature() : temperature();
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
