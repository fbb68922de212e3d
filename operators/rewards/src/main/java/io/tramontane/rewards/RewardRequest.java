package io.tramontane.rewards;

import io.tramontane.schemas.Completion;
import io.tramontane.schemas.CurriculumStage;
import io.tramontane.schemas.FinishReason;
import io.tramontane.schemas.PackedNumbers;
import java.util.Objects;
import java.util.Optional;

/**
 * One completion to grade.
 *
 * @param completionId identity of the completion; grading the same id twice must give the same result
 * @param groupId identity of its group; what is drawn at random for a problem is seeded by it, so that all completions
 *     of a group meet the same tests
 * @param problem the problem as the policy read it
 * @param reference the verifiable answer
 * @param verifier how the problem wants its answers verified, e.g. {@code math}; empty when it does not say
 * @param language declared ISO 639-1 code of the problem, empty when unknown. Never used to decide the language of a
 *     text, which is always detected
 * @param text the completion, decoded
 * @param completionTokens its length in tokens
 * @param truncated whether the token budget ended it
 * @param stage of a curriculum, whose lengths the completion is judged by; empty for those of the settings
 */
public record RewardRequest(
        String completionId,
        String groupId,
        String problem,
        String reference,
        String verifier,
        String language,
        String text,
        int completionTokens,
        boolean truncated,
        Optional<CurriculumStage> stage) {

    /** To grade a completion of no curriculum. */
    public RewardRequest(
            String completionId,
            String groupId,
            String problem,
            String reference,
            String verifier,
            String language,
            String text,
            int completionTokens,
            boolean truncated) {
        this(
                completionId,
                groupId,
                problem,
                reference,
                verifier,
                language,
                text,
                completionTokens,
                truncated,
                Optional.empty());
    }

    public RewardRequest {
        Objects.requireNonNull(completionId, "completionId");
        Objects.requireNonNull(groupId, "groupId");
        Objects.requireNonNull(problem, "problem");
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(verifier, "verifier");
        Objects.requireNonNull(language, "language");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(stage, "stage");
    }

    /** To grade a completion as a generator published it. */
    public static RewardRequest of(Completion completion) {
        return new RewardRequest(
                completion.getCompletionId(),
                completion.getGroupId(),
                completion.getProblem(),
                completion.getReference(),
                completion.getVerifier(),
                completion.getLanguage(),
                completion.getText(),
                PackedNumbers.count(completion.getCompletionTokens()),
                completion.getFinishReason() == FinishReason.LENGTH,
                Optional.ofNullable(completion.getStage()));
    }
}
