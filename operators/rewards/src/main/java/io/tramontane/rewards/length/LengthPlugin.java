package io.tramontane.rewards.length;

import io.tramontane.rewards.Grader;
import io.tramontane.rewards.GraderPlugin;

/** The penalty on long completions, as the configuration chooses it. */
public final class LengthPlugin implements GraderPlugin<LengthSettings> {

    private static final int MAXIMUM_TOKENS = 48;
    private static final int CACHE_TOKENS = 8;

    @Override
    public String name() {
        return LengthGrader.NAME;
    }

    @Override
    public LengthSettings defaults() {
        return new LengthSettings(MAXIMUM_TOKENS, CACHE_TOKENS);
    }

    @Override
    public Grader create(LengthSettings settings) {
        return new LengthGrader(settings);
    }
}
