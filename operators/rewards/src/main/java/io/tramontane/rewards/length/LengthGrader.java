package io.tramontane.rewards.length;

import io.tramontane.rewards.Grade;
import io.tramontane.rewards.Grader;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.format.ParsedCompletion;
import io.tramontane.schemas.CurriculumStage;
import io.tramontane.schemas.Verdict;

/**
 * The soft length penalty of Magistral §2.2.3: nothing up to {@code l_max - l_cache} tokens, then falling linearly, −1
 * from {@code l_max} on (before its weight). A completion of a curriculum brings the lengths of its stage along.
 */
public final class LengthGrader implements Grader {

    /** Name of the component. */
    public static final String NAME = "length";

    private final int standardMaximum;
    private final int standardCache;

    public LengthGrader(LengthSettings settings) {
        this.standardMaximum = settings.maximumTokens();
        this.standardCache = settings.cacheTokens();
    }

    @Override
    public Grade grade(RewardRequest request, ParsedCompletion parsed) {
        int tokens = request.completionTokens();
        int maximum = request.stage().map(CurriculumStage::getMaximumTokens).orElse(standardMaximum);
        int cache = request.stage().map(CurriculumStage::getCacheTokens).orElse(standardCache);
        int free = maximum - cache;
        if (tokens <= free) {
            return new Grade(0, Verdict.CORRECT, tokens + " tokens, free up to " + free);
        }
        double over = Math.min(1.0, (double) (tokens - free) / cache);
        return new Grade(-over, Verdict.WRONG, tokens + " tokens, free up to " + free + ", at most " + maximum);
    }
}
