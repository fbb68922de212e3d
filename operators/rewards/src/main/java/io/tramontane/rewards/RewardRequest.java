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
        return builder()
                .completionId(completion.getCompletionId())
                .groupId(completion.getGroupId())
                .problem(completion.getProblem())
                .reference(completion.getReference())
                .verifier(completion.getVerifier())
                .language(completion.getLanguage())
                .text(completion.getText())
                .completionTokens(PackedNumbers.count(completion.getCompletionTokens()))
                .truncated(completion.getFinishReason() == FinishReason.LENGTH)
                .stage(Optional.ofNullable(completion.getStage()))
                .build();
    }

    /** Begins a request. */
    public static Builder builder() {
        return new Builder();
    }

    /** Begins a copy of this request, to change some of it. */
    public Builder toBuilder() {
        return new Builder()
                .completionId(completionId)
                .groupId(groupId)
                .problem(problem)
                .reference(reference)
                .verifier(verifier)
                .language(language)
                .text(text)
                .completionTokens(completionTokens)
                .truncated(truncated)
                .stage(stage);
    }

    /**
     * Collects what makes a request. By default verifier and language are empty, the length is 0, and it is neither
     * truncated nor of a stage; everything else must be set.
     */
    public static final class Builder {

        private String completionId;
        private String groupId;
        private String problem;
        private String reference;
        private String verifier = "";
        private String language = "";
        private String text;
        private int completionTokens;
        private boolean truncated;
        private Optional<CurriculumStage> stage = Optional.empty();

        private Builder() {}

        public Builder completionId(String completionId) {
            this.completionId = completionId;
            return this;
        }

        public Builder groupId(String groupId) {
            this.groupId = groupId;
            return this;
        }

        public Builder problem(String problem) {
            this.problem = problem;
            return this;
        }

        public Builder reference(String reference) {
            this.reference = reference;
            return this;
        }

        public Builder verifier(String verifier) {
            this.verifier = verifier;
            return this;
        }

        public Builder language(String language) {
            this.language = language;
            return this;
        }

        public Builder text(String text) {
            this.text = text;
            return this;
        }

        public Builder completionTokens(int completionTokens) {
            this.completionTokens = completionTokens;
            return this;
        }

        public Builder truncated(boolean truncated) {
            this.truncated = truncated;
            return this;
        }

        public Builder stage(Optional<CurriculumStage> stage) {
            this.stage = stage;
            return this;
        }

        /** @throws NullPointerException naming what was not set */
        public RewardRequest build() {
            return new RewardRequest(
                    completionId,
                    groupId,
                    problem,
                    reference,
                    verifier,
                    language,
                    text,
                    completionTokens,
                    truncated,
                    stage);
        }
    }
}
