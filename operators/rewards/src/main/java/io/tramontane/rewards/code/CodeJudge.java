package io.tramontane.rewards.code;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.rewards.code.sandbox.RunRequest;
import io.tramontane.rewards.code.sandbox.RunResult;
import io.tramontane.rewards.code.sandbox.SandboxException;
import io.tramontane.rewards.code.sandbox.SandboxSession;
import io.tramontane.rewards.code.sandbox.SessionFactory;
import io.tramontane.schemas.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs a program against tests: compiled once and run on each of them in one session of the sandbox.
 *
 * <p>Outputs are compared here, outside: what is expected never goes where the program is. A checker, if the problem
 * has one, runs in a session of its own. Thread-safe.
 */
public final class CodeJudge {

    private static final List<String> CHECKER_FILES = List.of("input.txt", "output.txt", "answer.txt");
    private static final int REJECTED = 1;
    private static final int WRONG_FORM = 2;

    private final CodeSettings settings;
    private final Map<CodeLanguage, Toolchain> toolchains;
    private final SessionFactory sandbox;

    public CodeJudge(CodeSettings settings, Map<CodeLanguage, Toolchain> toolchains, SessionFactory sandbox) {
        this.settings = settings;
        this.toolchains = Map.copyOf(toolchains);
        this.sandbox = sandbox;
    }

    /**
     * The verdict on a program.
     *
     * @param opened receives every session, so that another thread can kill it
     * @throws SandboxException if the sandbox breaks or is killed
     */
    public CodeVerdict judge(Submission submission, TestSuite suite, Consumer<SandboxSession> opened)
            throws SandboxException {
        Toolchain toolchain = toolchains.get(submission.language());
        if (toolchain == null) {
            return CodeVerdict.of(
                    Verdict.UNGRADABLE, submission.language().title() + " is not among reward.code.languages");
        }
        if (suite.function().isPresent() && submission.language() != CodeLanguage.PYTHON) {
            return CodeVerdict.of(Verdict.UNGRADABLE, "the tests call a function, which is for Python alone");
        }
        Run run = new Run(suite, settings.test().with(suite.limits()), toolchain);
        try (SandboxSession session = sandbox.open()) {
            opened.accept(session);
            RunResult compiled = toolchain.compile(session, submission.source());
            Optional<RunVerdict.Failure> failure = RunVerdict.ofCompiler(compiled, settings.compile());
            if (failure.isPresent()) {
                return CodeVerdict.of(failure.get().verdict(), failure.get().reason());
            }
            session.lock();
            run.tests(session);
        }
        if (suite.checker().isPresent()) {
            Optional<CodeVerdict> ungradable = run.check(suite.checker().get(), opened);
            if (ungradable.isPresent()) {
                return ungradable.get();
            }
        }
        return CodeVerdict.of(run.results, suite.tests().size());
    }

    /**
     * What a program writes on each test, right or wrong; checkers are not asked.
     *
     * @param most characters of an output; what is longer is none
     * @param opened receives every session, so that another thread can kill it
     * @return the output, or the function's value as JSON, for each test; empty where the program failed, was killed or
     *     wrote more than it may. Empty altogether when it cannot be run: it does not compile, or its language is not
     *     among those graded
     * @throws SandboxException if the sandbox breaks or is killed
     */
    Optional<List<Optional<String>>> outputs(
            Submission submission, TestSuite suite, int most, Consumer<SandboxSession> opened) throws SandboxException {
        Toolchain toolchain = toolchains.get(submission.language());
        if (toolchain == null || suite.function().isPresent() && submission.language() != CodeLanguage.PYTHON) {
            return Optional.empty();
        }
        Run run = new Run(suite, settings.test().with(suite.limits()), toolchain);
        try (SandboxSession session = sandbox.open()) {
            opened.accept(session);
            RunResult compiled = toolchain.compile(session, submission.source());
            if (RunVerdict.ofCompiler(compiled, settings.compile()).isPresent()) {
                return Optional.empty();
            }
            session.lock();
            return Optional.of(run.written(session, most));
        }
    }

    /** One program on the tests of one suite. */
    private final class Run {

        private final TestSuite suite;
        private final TestSettings limits;
        private final Toolchain toolchain;
        private final OutputComparison comparison;
        private final List<TestResult> results = new ArrayList<>();
        /** What the program wrote on each test, kept for a checker only. */
        private final List<byte[]> outputs = new ArrayList<>();

        private Run(TestSuite suite, TestSettings limits, Toolchain toolchain) {
            this.suite = suite;
            this.limits = limits;
            this.toolchain = toolchain;
            comparison = new OutputComparison(suite.tolerance().orElse(settings.tolerance()));
        }

        private void tests(SandboxSession session) throws SandboxException {
            for (TestCase test : suite.tests()) {
                RunResult ran = on(test, session);
                TestResult result = result(test, ran);
                results.add(result);
                outputs.add(suite.checker().isPresent() ? ran.output() : new byte[0]);
                if (!result.correct() && settings.stopAtFirstFailure()) {
                    return;
                }
            }
        }

        private RunResult on(TestCase test, SandboxSession session) throws SandboxException {
            return session.run(new RunRequest(
                    RunRequest.Policy.PROGRAM,
                    suite.function().isPresent() ? toolchain.function(session) : toolchain.program(session),
                    Toolchain.environment(session),
                    input(test),
                    limits.limits()));
        }

        private List<Optional<String>> written(SandboxSession session, int most) throws SandboxException {
            List<Optional<String>> written = new ArrayList<>(suite.tests().size());
            for (TestCase test : suite.tests()) {
                RunResult ran = on(test, session);
                String output = new String(ran.output(), StandardCharsets.UTF_8);
                Optional<String> result = suite.function().isPresent() ? value(output) : Optional.of(output);
                written.add(result.filter(text -> text.length() <= most
                        && RunVerdict.ofProgram(ran, limits).isEmpty()));
            }
            return written;
        }

        /** What a function returned, as JSON; empty when it did not return. */
        private Optional<String> value(String written) {
            try {
                JsonNode result = TestSuite.JSON.readTree(written).path("result");
                return result.isMissingNode() ? Optional.empty() : Optional.of(result.toString());
            } catch (JsonProcessingException e) {
                return Optional.empty();
            }
        }

        private byte[] input(TestCase test) {
            if (test instanceof TestCase.Text text) {
                return text.input().getBytes(StandardCharsets.UTF_8);
            }
            return TestSuite.JSON
                    .createObjectNode()
                    .put("function", suite.function().orElseThrow())
                    .set("arguments", ((TestCase.Call) test).arguments())
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
        }

        private TestResult result(TestCase test, RunResult ran) {
            Optional<RunVerdict.Failure> failure =
                    RunVerdict.ofProgram(ran, limits).or(() -> difference(test, ran.output()));
            return new TestResult(
                    failure.map(RunVerdict.Failure::verdict).orElse(Verdict.CORRECT),
                    failure.map(RunVerdict.Failure::reason).orElse(""),
                    Math.round(ran.processorMicros() / 1_000.0),
                    ran.memoryBytes());
        }

        private Optional<RunVerdict.Failure> difference(TestCase test, byte[] output) {
            if (suite.checker().isPresent()) {
                return Optional.empty();
            }
            String written = new String(output, StandardCharsets.UTF_8);
            Optional<String> difference = test instanceof TestCase.Text text
                    ? comparison.difference(text.output(), written)
                    : difference((TestCase.Call) test, written);
            return difference.map(reason -> new RunVerdict.Failure(Verdict.WRONG, reason));
        }

        private Optional<String> difference(TestCase.Call call, String written) {
            try {
                JsonNode result = TestSuite.JSON.readTree(written).path("result");
                return result.isMissingNode()
                        ? Optional.of("wrong answer: the function did not return")
                        : comparison.difference(call.result(), result);
            } catch (JsonProcessingException e) {
                return Optional.of("wrong answer: the function returned no JSON value");
            }
        }

        /** Asks the checker about every test that passed so far; a verdict if it cannot be asked. */
        private Optional<CodeVerdict> check(Submission checker, Consumer<SandboxSession> opened)
                throws SandboxException {
            Toolchain checkers = toolchains.get(checker.language());
            if (checkers == null) {
                return Optional.of(CodeVerdict.of(
                        Verdict.UNGRADABLE,
                        "the checker is in " + checker.language().title() + ", not among reward.code.languages"));
            }
            try (SandboxSession session = sandbox.open()) {
                opened.accept(session);
                RunResult compiled = checkers.compile(session, checker.source());
                Optional<RunVerdict.Failure> broken = RunVerdict.ofCompiler(compiled, settings.compile());
                if (broken.isPresent()) {
                    return Optional.of(CodeVerdict.of(
                            Verdict.UNGRADABLE, "the checker " + broken.get().reason()));
                }
                for (int index = 0; index < results.size(); index++) {
                    if (results.get(index).correct()) {
                        Optional<CodeVerdict> ungradable = check(session, checkers, index);
                        if (ungradable.isPresent()) {
                            return ungradable;
                        }
                    }
                }
            }
            return Optional.empty();
        }

        private Optional<CodeVerdict> check(SandboxSession session, Toolchain checkers, int index)
                throws SandboxException {
            TestCase test = suite.tests().get(index);
            String answer = test instanceof TestCase.Text text
                    ? text.output()
                    : ((TestCase.Call) test).result().toString();
            session.put(CHECKER_FILES.get(0), input(test));
            session.put(CHECKER_FILES.get(1), outputs.get(index));
            session.put(CHECKER_FILES.get(2), answer.getBytes(StandardCharsets.UTF_8));
            List<String> command = new ArrayList<>(checkers.program(session));
            CHECKER_FILES.forEach(
                    name -> command.add(session.box().resolve(name).toString()));
            RunResult checked = session.run(new RunRequest(
                    RunRequest.Policy.PROGRAM,
                    command,
                    Toolchain.environment(session),
                    new byte[0],
                    settings.test().limits()));
            TestResult result = results.get(index);
            if (checked.ending() == RunResult.Ending.EXITED
                    && (checked.code() == REJECTED || checked.code() == WRONG_FORM)) {
                String said = RunVerdict.lastLine(checked.error());
                results.set(
                        index,
                        new TestResult(
                                Verdict.WRONG,
                                "wrong answer" + (said.isEmpty() ? ", says the checker" : ": " + said),
                                result.processorMillis(),
                                result.memoryBytes()));
                return Optional.empty();
            }
            return RunVerdict.ofProgram(checked, settings.test())
                    .map(failure -> CodeVerdict.of(
                            Verdict.UNGRADABLE, "the checker failed on test " + (index + 1) + ": " + failure.reason()));
        }
    }
}
