package io.tramontane.rewards.code;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A language that programs are graded in. */
public enum CodeLanguage {
    /** C++, of the standard that the compiler's flags say. */
    CPP(
            "C++",
            "cpp",
            "c++",
            "cxx",
            "cc",
            "cplusplus",
            "c++11",
            "c++14",
            "c++17",
            "c++20",
            "c++23",
            "cpp11",
            "cpp14",
            "cpp17",
            "cpp20",
            "cpp23"),
    /** Python 3. */
    PYTHON("Python", "python", "py", "python3", "py3", "python3.x", "pypy", "pypy3");

    private final String title;
    private final String label;
    private final Set<String> labels;

    CodeLanguage(String title, String label, String... others) {
        this.title = title;
        this.label = label;
        this.labels = Stream.concat(Stream.of(label), Arrays.stream(others)).collect(Collectors.toUnmodifiableSet());
    }

    /** How data sets call it. */
    public String label() {
        return label;
    }

    /** Its name for a person. */
    public String title() {
        return title;
    }

    /** The language that a fenced block or a data set calls by this name, in any case. */
    public static Optional<CodeLanguage> labelled(String label) {
        String lowerCase = label.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(language -> language.labels.contains(lowerCase))
                .findFirst();
    }
}
