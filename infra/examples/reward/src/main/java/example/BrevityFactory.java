package example;

import io.tramontane.rewards.Grade;
import io.tramontane.rewards.Grader;
import io.tramontane.rewards.custom.GraderFactory;
import java.util.Map;
import java.util.Set;

/** Full marks for an answer of few words. */
public final class BrevityFactory implements GraderFactory {

    @Override
    public String component() {
        return "brevity";
    }

    @Override
    public Set<String> options() {
        return Set.of("words");
    }

    @Override
    public Grader create(Map<String, String> options) {
        String text = options.getOrDefault("words", "");
        if (!text.matches("[1-9][0-9]{0,5}")) {
            throw new IllegalArgumentException("words must be a whole number above 0, not '" + text + "'");
        }
        int words = Integer.parseInt(text);
        return (request, parsed) -> {
            int written = parsed.answerPart().strip().split("\\s+").length;
            String reason = written + " words, at most " + words;
            return written <= words ? Grade.correct(reason) : Grade.wrong(reason);
        };
    }
}
