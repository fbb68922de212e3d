package io.tramontane.jobs.run.config;

import io.tramontane.rewards.Grade;
import io.tramontane.rewards.Grader;
import io.tramontane.rewards.custom.GraderFactory;
import java.util.Map;
import java.util.Set;

/** A component that a user put on the class path: full marks for an answer part of few words. */
public final class WordLimitFactory implements GraderFactory {

    @Override
    public String component() {
        return "word-limit";
    }

    @Override
    public Set<String> options() {
        return Set.of("maximum");
    }

    @Override
    public Grader create(Map<String, String> options) {
        int maximum = positive(options.getOrDefault("maximum", ""));
        return (request, parsed) -> {
            int words = parsed.answerPart().strip().split("\\s+").length;
            String reason = words + " words, at most " + maximum;
            return words <= maximum ? Grade.correct(reason) : Grade.wrong(reason);
        };
    }

    private static int positive(String text) {
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException("maximum must be a whole number above 0, not '" + text + "'");
        }
        return Integer.parseInt(text);
    }
}
