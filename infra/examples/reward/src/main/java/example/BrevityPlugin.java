package example;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.tramontane.rewards.Grade;
import io.tramontane.rewards.Grader;
import io.tramontane.rewards.GraderPlugin;
import jakarta.validation.constraints.Positive;
import java.io.Serializable;

/** Full marks for an answer of few words. */
public final class BrevityPlugin implements GraderPlugin<BrevityPlugin.Settings> {

    /** Its keys in the configuration. */
    public record Settings(
            @JsonPropertyDescription("The most words of an answer.") @Positive
            int words)
            implements Serializable {}

    @Override
    public String name() {
        return "brevity";
    }

    @Override
    public Settings defaults() {
        return new Settings(12);
    }

    @Override
    public Grader create(Settings settings) {
        return (request, parsed) -> {
            int written = parsed.answerPart().strip().split("\\s+").length;
            String reason = written + " words, at most " + settings.words();
            return written <= settings.words() ? Grade.correct(reason) : Grade.wrong(reason);
        };
    }
}
