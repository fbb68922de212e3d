package io.tramontane.jobs.lab.code;

import io.tramontane.rewards.code.CodeJudge;
import io.tramontane.rewards.code.CodeLanguage;
import io.tramontane.rewards.code.CodeSettings;
import io.tramontane.rewards.code.CodeVerdict;
import io.tramontane.rewards.code.CompileSettings;
import io.tramontane.rewards.code.CppSettings;
import io.tramontane.rewards.code.CppToolchain;
import io.tramontane.rewards.code.PrecompiledHeader;
import io.tramontane.rewards.code.Submission;
import io.tramontane.rewards.code.TestCase;
import io.tramontane.rewards.code.TestSettings;
import io.tramontane.rewards.code.TestSuite;
import io.tramontane.rewards.code.Toolchain;
import io.tramontane.rewards.code.sandbox.Sandbox;
import io.tramontane.rewards.code.sandbox.SandboxException;
import io.tramontane.rewards.code.sandbox.WorkFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * What isolation costs and what the precompiled header saves, in CPU time of a C++ submission with 20 tests.
 *
 * <p>Three ways, in turn on the same program, so that whatever else the machine does falls on all of them: in the
 * sandbox; the same compiler and the same runs without any isolation, started one by one; in the sandbox without the
 * precompiled header. CPU time is that of all processes together, as the kernel has it ({@code getrusage} of children).
 */
public final class CodeBenchmark {

    private static final List<String> PROGRAMS =
            List.of("shortest-paths.cpp", "frequent-words.cpp", "longest-increasing.cpp");
    private static final int TESTS = 20;

    /** What is measured is CPU time: a busy machine must not end a run. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int NODES = 200;
    private static final int EDGES = 1_000;

    private final CodeSettings settings;
    private final Path folder;
    private final Way precompiled;
    private final Way plain;

    private CodeBenchmark(CodeSettings settings, Path folder, Way precompiled, Way plain) {
        this.settings = settings;
        this.folder = folder;
        this.precompiled = precompiled;
        this.plain = plain;
    }

    /** One way to compile, in its sandbox. */
    private record Way(Sandbox sandbox, CppSettings cpp, Optional<Path> headers) {

        static Way start(CodeSettings settings, WorkFolder work, CppSettings cpp)
                throws IOException, InterruptedException {
            Optional<Path> headers = cpp.precompiledHeader() ? PrecompiledHeader.in(work, cpp) : Optional.empty();
            Sandbox sandbox = Sandbox.choose(
                    settings.isolation(),
                    settings.sandbox(),
                    work,
                    headers.stream().toList());
            return new Way(sandbox, cpp, headers);
        }
    }

    /**
     * Runs it.
     *
     * @param rounds how often each program goes through each way
     */
    public static Report run(CodeSettings settings, int rounds) throws IOException, InterruptedException {
        WorkFolder work = WorkFolder.at(settings.sandbox().workFolder());
        CppSettings cpp = settings.cpp();
        Path folder = work.temporary("benchmark-");
        try {
            CodeBenchmark benchmark = new CodeBenchmark(
                    settings,
                    folder,
                    Way.start(settings, work, new CppSettings(cpp.command(), true)),
                    Way.start(settings, work, new CppSettings(cpp.command(), false)));
            return benchmark.run(rounds);
        } finally {
            WorkFolder.delete(folder);
        }
    }

    private Report run(int rounds) throws IOException, InterruptedException {
        List<Sample> samples = new ArrayList<>();
        List<String> inputs = inputs();
        // The first round warms the page cache and is not counted.
        for (int round = 0; round <= rounds; round++) {
            for (String program : PROGRAMS) {
                String source = source(program);
                Sample sample = new Sample(
                        sandboxed(precompiled, source, inputs), bare(source, inputs), sandboxed(plain, source, inputs));
                if (round > 0) {
                    samples.add(sample);
                }
            }
        }
        return new Report(precompiled.sandbox().isolation().name().toLowerCase(Locale.ROOT), samples);
    }

    private static List<String> inputs() {
        List<String> inputs = new ArrayList<>();
        for (int test = 0; test < TESTS; test++) {
            Random random = new Random(test);
            StringBuilder input = new StringBuilder(NODES + " " + EDGES + "\n");
            for (int edge = 0; edge < EDGES; edge++) {
                input.append(random.nextInt(NODES))
                        .append(' ')
                        .append(random.nextInt(NODES))
                        .append(' ');
                input.append(1 + random.nextInt(1_000)).append('\n');
            }
            inputs.add(input.toString());
        }
        return inputs;
    }

    private static String source(String name) throws IOException {
        try (InputStream resource = CodeBenchmark.class.getResourceAsStream(name)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Microseconds of CPU in the sandbox; the expected outputs do not matter, for all tests are run. */
    private long sandboxed(Way way, String source, List<String> inputs) throws IOException {
        Path micros = folder.resolve("micros");
        List<TestCase> tests = new ArrayList<>();
        inputs.forEach(input -> tests.add(new TestCase.Text(input, "")));
        TestSuite suite = new TestSuite(
                tests,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new TestSuite.Limits(Optional.empty(), Optional.empty()));
        CodeSettings all = new CodeSettings(
                settings.isolation(),
                settings.languages(),
                settings.testsPerCompletion(),
                false,
                settings.tolerance(),
                way.cpp(),
                settings.python(),
                new CompileSettings(
                        PATIENCE,
                        settings.compile().memoryBytes(),
                        settings.compile().outputBytes()),
                new TestSettings(
                        PATIENCE,
                        PATIENCE,
                        settings.test().memoryBytes(),
                        settings.test().outputBytes()),
                settings.sandbox());
        Toolchain toolchain = new CppToolchain(all, way.headers().map(way.sandbox()::inside));
        CodeJudge judge = new CodeJudge(
                all, Map.of(CodeLanguage.CPP, toolchain), () -> way.sandbox().openMeasured(micros));
        CodeVerdict verdict = judge.judge(new Submission(CodeLanguage.CPP, source), suite, session -> {});
        if (verdict.tests().size() != inputs.size()
                || verdict.tests().stream().anyMatch(test -> !test.reason().startsWith("wrong answer"))) {
            throw new SandboxException("a program of the benchmark fails: " + verdict.reason());
        }
        return Long.parseLong(Files.readString(micros).strip());
    }

    /** Microseconds of CPU of the same compilation and the same runs, one process after another. */
    private long bare(String source, List<String> inputs) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("main.cpp"), source);
        long sum = process(
                CppToolchain.command(precompiled.cpp(), precompiled.headers(), "main.cpp", "main"),
                Path.of("/dev/null"));
        Path input = folder.resolve("input");
        for (String text : inputs) {
            Files.writeString(input, text);
            sum += process(List.of(folder.resolve("main").toString()), input);
        }
        return sum;
    }

    private long process(List<String> command, Path input) throws IOException, InterruptedException {
        Path micros = folder.resolve("micros");
        int code = new ProcessBuilder(precompiled.sandbox().measured(micros, command))
                .directory(folder.toFile())
                .redirectInput(input.toFile())
                .redirectOutput(folder.resolve("output").toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (code != 0) {
            throw new SandboxException("a program of the benchmark fails without isolation, with code " + code);
        }
        return Long.parseLong(Files.readString(micros).strip());
    }

    /** CPU microseconds of one program, three ways. */
    private record Sample(long sandboxed, long bare, long withoutHeader) {}

    /** What was measured; its text is for a terminal. */
    public static final class Report {

        private final String isolation;
        private final List<Sample> samples;

        private Report(String isolation, List<Sample> samples) {
            this.isolation = isolation;
            this.samples = samples;
        }

        /** Median over all pairs of CPU time in the sandbox by that without isolation. */
        public double costOfIsolation() {
            return median(samples.stream()
                    .mapToDouble(sample -> (double) sample.sandboxed() / sample.bare())
                    .toArray());
        }

        /** Median over all pairs of CPU time without the precompiled header by that with it, both in the sandbox. */
        public double gainOfHeader() {
            return median(samples.stream()
                    .mapToDouble(sample -> (double) sample.withoutHeader() / sample.sandboxed())
                    .toArray());
        }

        private static double median(double[] values) {
            Arrays.sort(values);
            int middle = values.length / 2;
            return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "CPU time of a C++ submission with %d tests, medians of %d:%n"
                            + "  %-34s %6.0f ms%n  %-34s %6.0f ms%n  %-34s %6.0f ms%n"
                            + "isolation costs %.3fx, the precompiled header saves %.2fx (medians of pairs)",
                    TESTS,
                    samples.size(),
                    "sandbox (" + isolation + ")",
                    median(samples.stream()
                            .mapToDouble(sample -> sample.sandboxed() / 1e3)
                            .toArray()),
                    "no isolation",
                    median(samples.stream()
                            .mapToDouble(sample -> sample.bare() / 1e3)
                            .toArray()),
                    "sandbox, no precompiled header",
                    median(samples.stream()
                            .mapToDouble(sample -> sample.withoutHeader() / 1e3)
                            .toArray()),
                    costOfIsolation(),
                    gainOfHeader());
        }
    }
}
