package io.tramontane.tests.process;

import java.util.List;
import java.util.stream.Stream;

/**
 * Settings of a policy that is small enough to be made, run and trained in seconds, with a warm-up just long enough for
 * completions to differ in form, so that there is something to train on.
 */
public final class SmallPolicy {

    private static final List<String> SETTINGS = List.of(
            "policy.vocabulary-size=512",
            "policy.hidden-size=32",
            "policy.head-size=16",
            "policy.attention-heads=2",
            "policy.key-value-heads=1",
            "policy.intermediate-size=16",
            "warm-up.steps=150",
            "warm-up.batch-size=16");

    private SmallPolicy() {}

    /** These settings and others. */
    public static List<String> with(String... others) {
        return Stream.concat(SETTINGS.stream(), Stream.of(others)).toList();
    }
}
