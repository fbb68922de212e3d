package io.tramontane.rewards.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tramontane.rewards.Grade;
import io.tramontane.rewards.RewardFixtures;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.code.sandbox.Isolation;
import io.tramontane.rewards.code.sandbox.SandboxSettings;
import io.tramontane.rewards.format.ParsedCompletion;
import io.tramontane.schemas.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The grader as the pipeline uses it: completions in, grades out, interrupted at a deadline. */
class CodeGraderITCase {

    private static final String ONE = "{\"tests\": [{\"stdin\": \"1\", \"stdout\": \"2\"}]}";

    @TempDir
    private Path folder;

    private static Grade grade(CodeGrader grader, String answer, String reference) {
        RewardRequest request = RewardFixtures.request("double it", reference, answer);
        return grader.grade(
                request, new ParsedCompletion(Optional.empty(), answer, Optional.empty(), Optional.empty()));
    }

    @Test
    void theFirstBlockIsGraded() {
        try (CodeGrader grader = new CodeGrader(CodeFixtures.SETTINGS, false)) {
            assertThat(grade(grader, "```py\nprint(2 * int(input()))\n```\n```py\nprint(0)\n```\n", ONE))
                    .isEqualTo(Grade.correct("passed 1 test"));
            assertThat(grade(grader, "```py\nprint(0)\n```\n", ONE).verdict()).isEqualTo(Verdict.WRONG);
            assertThat(grade(grader, "print(2)", ONE))
                    .isEqualTo(Grade.wrong("no fenced block that names its language"));
            assertThat(grade(grader, "```java\nx\n```\n", ONE))
                    .isEqualTo(Grade.ungradable("programs in 'java' are not graded"));
            assertThat(grade(grader, "```py\nprint(2)\n```\n", "42"))
                    .isEqualTo(Grade.ungradable("'tests' must be a list of at least one test"));
        }
    }

    @Test
    void partialCreditIsTheShareOfTestsThatPass() {
        String four = "{\"tests\": [{\"stdin\": \"1\", \"stdout\": \"2\"}, {\"stdin\": \"2\", \"stdout\": \"4\"},"
                + " {\"stdin\": \"3\", \"stdout\": \"6\"}, {\"stdin\": \"9\", \"stdout\": \"18\"}]}";
        String threeOfFour = "```py\nx = int(input())\nprint(2 * x if x < 9 else 0)\n```\n";
        try (CodeGrader strict = new CodeGrader(CodeFixtures.SETTINGS, false);
                CodeGrader partial = new CodeGrader(CodeFixtures.SETTINGS, true)) {
            assertThat(grade(strict, threeOfFour, four).score()).isZero();
            Grade grade = grade(partial, threeOfFour, four);
            assertThat(grade.score()).isEqualTo(0.75);
            assertThat(grade.verdict()).isEqualTo(Verdict.WRONG);
            assertThat(grade(partial, "```py\nprint(2 * int(input()))\n```\n", four))
                    .isEqualTo(Grade.correct("passed all 4 tests"));
            assertThat(grade(partial, "```py\n2 *\n```\n", four).score()).isZero();
        }
    }

    @Test
    void withoutASandboxNothingIsRun() {
        CodeSettings good = CodeFixtures.SETTINGS;
        SandboxSettings withoutCompiler = new SandboxSettings(
                folder.resolve("work").toString(), List.of(), good.sandbox().scratchBytes(), "/bin/false");
        try (CodeGrader grader = new CodeGrader(
                new CodeSettings(
                        Isolation.AUTOMATIC,
                        List.of(CodeLanguage.PYTHON),
                        good.testsPerCompletion(),
                        good.stopAtFirstFailure(),
                        good.tolerance(),
                        good.cpp(),
                        good.python(),
                        good.compile(),
                        good.test(),
                        withoutCompiler),
                false)) {
            Grade grade = grade(grader, "```py\nprint(2)\n```\n", ONE);
            assertThat(grade.verdict()).isEqualTo(Verdict.UNGRADABLE);
            assertThat(grade.reason()).startsWith("the sandbox's runner could not be built");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BUBBLEWRAP", "LANDLOCK", "UNSAFE"})
    void aDeadlineEndsEverything(Isolation isolation) throws Exception {
        try (CodeGrader grader = new CodeGrader(CodeFixtures.settings(isolation), false)) {
            grade(grader, "```py\nprint(2)\n```\n", ONE);
            long files = openFiles();
            AtomicReference<Grade> grade = new AtomicReference<>();
            AtomicBoolean interrupted = new AtomicBoolean();
            Thread thread = new Thread(() -> {
                grade.set(grade(grader, "```py\nimport time\ntime.sleep(60)\n```\n", ONE));
                interrupted.set(Thread.currentThread().isInterrupted());
            });
            thread.start();
            await().until(() -> ProcessHandle.current()
                    .descendants()
                    .anyMatch(process -> process.info().commandLine().orElse("").contains("main.pyc")));

            thread.interrupt();
            thread.join(Duration.ofSeconds(20).toMillis());

            assertThat(grade.get()).isEqualTo(Grade.timeout("the program was not graded by the deadline"));
            assertThat(interrupted).isTrue();
            await().until(() -> ProcessHandle.current().descendants().findAny().isEmpty());
            await().until(() -> openFiles() <= files);
        }
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("code-sandbox-")));
    }

    /**
     * Pipes, sockets and files, but not the jars that the virtual machine opens when it first needs a class of them.
     */
    private static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.filter(file -> !target(file).endsWith(".jar")).count();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
