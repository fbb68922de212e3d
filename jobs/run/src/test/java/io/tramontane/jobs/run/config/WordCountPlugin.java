package io.tramontane.jobs.run.config;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.tramontane.rewards.Grade;
import io.tramontane.rewards.Grader;
import io.tramontane.rewards.GraderPlugin;
import jakarta.validation.constraints.Positive;
import java.io.Serializable;
import java.util.List;

/** A component of a user's: full marks for an answer part of few words, none of them forbidden. */
public final class WordCountPlugin implements GraderPlugin<WordCountPlugin.Settings> {

    /** Its settings, of which one must be given. */
    public record Settings(
            @JsonPropertyDescription("The most words.") @Positive
            Integer maximum,

            @JsonPropertyDescription("Words that earn nothing.")
            List<String> forbidden)
            implements Serializable {}

    @Override
    public String name() {
        return "word-count";
    }

    @Override
    public Settings defaults() {
        return new Settings(null, List.of());
    }

    @Override
    public Grader create(Settings settings) {
        for (String word : settings.forbidden()) {
            if (word.contains(" ")) {
                throw new IllegalArgumentException("forbidden must be single words, not '" + word + "'");
            }
        }
        return (request, parsed) -> {
            List<String> words = List.of(parsed.answerPart().strip().split("\\s+"));
            return words.size() <= settings.maximum() && words.stream().noneMatch(settings.forbidden()::contains)
                    ? Grade.correct("few words")
                    : Grade.wrong("too many words");
        };
    }
}
