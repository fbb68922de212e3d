package io.tramontane.rewards.code;

import io.tramontane.rewards.code.sandbox.Isolation;
import io.tramontane.rewards.code.sandbox.SandboxSettings;
import java.time.Duration;
import java.util.List;

/** Settings of the code verifier with the values of the defaults, and variations of them, for tests. */
public final class CodeFixtures {

    private static final CppSettings CPP =
            new CppSettings(List.of("/usr/bin/g++", "-std=c++20", "-O2", "-pipe", "-w", "-DONLINE_JUDGE"), true);
    private static final TestSettings TEST =
            new TestSettings(Duration.ofSeconds(4), Duration.ofSeconds(4), 300_000_000L, 16_000_000L);

    /** Both languages, 20 tests, all of them run. */
    public static final CodeSettings SETTINGS = settings(Isolation.AUTOMATIC);

    private CodeFixtures() {}

    static CodeSettings settings(Isolation isolation) {
        return settings(isolation, "", CPP, TEST);
    }

    /** Short limits, so that what runs into them is done soon; one failed test is enough. */
    static CodeSettings impatient(Isolation isolation, String workFolder) {
        CodeSettings settings = settings(
                isolation,
                workFolder,
                new CppSettings(List.of("/usr/bin/g++", "-std=c++20", "-pipe", "-w"), true),
                new TestSettings(Duration.ofSeconds(1), Duration.ofSeconds(3), 300_000_000L, 16_000_000L));
        return new CodeSettings(
                settings.isolation(),
                settings.languages(),
                settings.testsPerCompletion(),
                true,
                settings.tolerance(),
                settings.cpp(),
                settings.python(),
                settings.compile(),
                settings.test(),
                settings.sandbox());
    }

    private static CodeSettings settings(Isolation isolation, String workFolder, CppSettings cpp, TestSettings test) {
        return new CodeSettings(
                isolation,
                List.of(CodeLanguage.CPP, CodeLanguage.PYTHON),
                20,
                false,
                0.0,
                cpp,
                new PythonSettings(List.of("/usr/bin/python3", "-s", "-B")),
                new CompileSettings(Duration.ofSeconds(10), 1_500_000_000L, 64_000_000L),
                test,
                new SandboxSettings(workFolder, List.of(), 64_000_000L, "cc"));
    }
}
