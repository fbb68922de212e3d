package io.tramontane.rewards.code;

import java.util.Objects;

/**
 * A program to grade.
 *
 * @param language what it is written in
 * @param source its only file
 */
public record Submission(CodeLanguage language, String source) {

    public Submission {
        Objects.requireNonNull(language, "language");
        Objects.requireNonNull(source, "source");
    }
}
