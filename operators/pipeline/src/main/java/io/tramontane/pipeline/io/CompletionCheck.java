package io.tramontane.pipeline.io;

import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.Identity;
import io.tramontane.schemas.MalformedRecordException;
import io.tramontane.schemas.WeightSpan;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * What makes a completion usable: it belongs to this run, its identity follows from its group and sample, every
 * completion token has a log-probability and exactly one span, and nothing exceeds the limits. The operators behind
 * rely on all of it.
 */
public final class CompletionCheck implements RecordCheck<Completion> {

    private static final long serialVersionUID = 1L;

    /** Identifiers are names, not texts: of problems, generators, languages, verifiers. */
    private static final int MAXIMUM_NAME_CHARACTERS = 1_024;

    /** What scoring and the group itself add to a completion in the groups topic, ample. */
    private static final int SCORED_BYTES = 64 << 10;

    private final String runId;
    private final RecordLimits limits;

    public CompletionCheck(String runId, RecordLimits limits) {
        this.runId = runId;
        this.limits = limits;
    }

    /** Beyond that, the completions of a group together must fit into one record of the groups topic. */
    @Override
    public void check(Completion completion, int encodedBytes) throws MalformedRecordException {
        checkFields(completion, encodedBytes);
        long groupBytes = (long) (encodedBytes + SCORED_BYTES) * completion.getGroupSize();
        require(
                groupBytes <= Topic.GROUPS.maximumRecordBytes() || encodedBytes <= SCORED_BYTES,
                "%d completions of %d bytes are more than a record of the groups topic holds",
                completion.getGroupSize(),
                encodedBytes);
    }

    @Override
    public void check(Completion completion) throws MalformedRecordException {
        checkFields(completion, Integer.MAX_VALUE);
    }

    /** @param encodedBytes of the record or more */
    private void checkFields(Completion completion, int encodedBytes) throws MalformedRecordException {
        checkIdentity(completion);
        // A character takes a byte or more, so the texts of most records need not be made to be counted.
        if (encodedBytes > limits.maximumTextCharacters()) {
            checkText("text", completion.getText());
            checkText("problem", completion.getProblem());
            checkText("reference", completion.getReference());
        }
        checkName("problemId", completion.getProblemId());
        checkName("language", completion.getLanguage());
        checkName("generatorId", completion.getGeneratorId());
        checkName("verifier", completion.getVerifier());
        int promptTokens = tokens("promptTokens", completion.getPromptTokens());
        int completionTokens = tokens("completionTokens", completion.getCompletionTokens());
        require(promptTokens > 0, "it has no prompt tokens");
        require(completionTokens > 0, "it has no completion tokens");
        int logProbs = completion.getLogProbs().remaining();
        require(
                logProbs == completionTokens * Float.BYTES,
                "%d completion tokens but %d bytes of log-probs",
                completionTokens,
                logProbs);
        checkLogProbs(completion.getLogProbs());
        float temperature = completion.getTemperature();
        require(Float.isFinite(temperature) && temperature > 0, "log-probs at temperature %s", temperature);
        checkSpans(completion.getSpans(), completionTokens);
    }

    private void checkIdentity(Completion completion) throws MalformedRecordException {
        // Before anything quotes one of them.
        checkName("runId", completion.getRunId());
        checkName("groupId", completion.getGroupId());
        checkName("completionId", completion.getCompletionId());
        require(runId.equals(completion.getRunId()), "it belongs to run %s", completion.getRunId());
        int size = completion.getGroupSize();
        require(size > 0 && size <= limits.maximumGroupSize(), "group size %d", size);
        int sample = completion.getSampleIndex();
        require(sample >= 0 && sample < size, "sample %d of a group of %d", sample, size);
        require(
                Identity.completionId(completion.getGroupId(), sample).equals(completion.getCompletionId()),
                "completion id %s is not that of sample %d of group %s",
                completion.getCompletionId(),
                sample,
                completion.getGroupId());
    }

    private void checkText(String field, String text) throws MalformedRecordException {
        require(text.length() <= limits.maximumTextCharacters(), "%s has %d characters", field, text.length());
    }

    private static void checkName(String field, String name) throws MalformedRecordException {
        require(name.length() <= MAXIMUM_NAME_CHARACTERS, "%s has %d characters", field, name.length());
    }

    private int tokens(String field, ByteBuffer packed) throws MalformedRecordException {
        int bytes = packed.remaining();
        require(bytes % Integer.BYTES == 0, "%s has %d bytes, which is no multiple of 4", field, bytes);
        int count = bytes / Integer.BYTES;
        require(count <= limits.maximumTokens(), "%s has %d tokens", field, count);
        return count;
    }

    private static void checkLogProbs(ByteBuffer packed) throws MalformedRecordException {
        ByteBuffer logProbs = packed.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        for (int token = 0; logProbs.hasRemaining(); token++) {
            float logProb = logProbs.getFloat();
            // Not by a call with the values for its message: there are thousands in a completion.
            if (!Float.isFinite(logProb)) {
                throw new MalformedRecordException(String.format("log-prob %f of token %d", logProb, token));
            }
        }
    }

    private void checkSpans(List<WeightSpan> spans, int completionTokens) throws MalformedRecordException {
        require(spans.size() <= limits.maximumSpans(), "it has %d spans", spans.size());
        int covered = 0;
        for (WeightSpan span : spans) {
            require(
                    span.getStart() == covered && span.getEnd() > span.getStart(),
                    "span [%d, %d) does not follow on token %d",
                    span.getStart(),
                    span.getEnd(),
                    covered);
            require(
                    span.getVersion() >= 0 && span.getIncarnation() >= 0,
                    "weights version %d/%d",
                    span.getIncarnation(),
                    span.getVersion());
            covered = span.getEnd();
        }
        require(covered == completionTokens, "spans cover %d of %d tokens", covered, completionTokens);
    }

    private static void require(boolean condition, String message, Object... arguments)
            throws MalformedRecordException {
        if (!condition) {
            throw new MalformedRecordException(String.format(message, arguments));
        }
    }
}
