package io.tramontane.rewards.answer;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.io.Serializable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Settings of the answer extraction. */
public record AnswerSettings(
        @JsonPropertyDescription(
                "How the answer is found: the last \\boxed{} (boxed) or a regular expression (pattern).")
        @NotNull
        AnswerExtraction extraction,

        @JsonPropertyDescription(
                "The regular expression for extraction: pattern, e.g. 'A: (.*)'; its last match counts.")
        String pattern)
        implements Serializable {

    /** Whether the pattern is there if it is needed, and a regular expression. */
    @JsonIgnore
    @AssertTrue(message = "extraction: pattern needs a valid regular expression in answer.pattern")
    public boolean isPatternValid() {
        if (extraction != AnswerExtraction.PATTERN) {
            return true;
        }
        if (pattern == null || pattern.isEmpty()) {
            return false;
        }
        try {
            Pattern.compile(pattern);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    /** What is looked for, in words. */
    public String describe() {
        return extraction == AnswerExtraction.BOXED ? "\\boxed{}" : "match of " + pattern;
    }
}
