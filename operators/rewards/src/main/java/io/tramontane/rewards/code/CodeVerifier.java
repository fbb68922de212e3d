package io.tramontane.rewards.code;

import io.tramontane.rewards.code.sandbox.Sandbox;
import io.tramontane.rewards.code.sandbox.SandboxException;
import io.tramontane.rewards.code.sandbox.SandboxSession;
import io.tramontane.rewards.code.sandbox.WorkFolder;
import io.tramontane.schemas.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Grades programs: a started {@link CodeJudge} whose callers can be interrupted.
 *
 * <p>Thread-safe; as many programs run at once as threads call {@link #verify}. Talking to a sandbox blocks, so it
 * happens on a separate thread for each caller, which ends with the sandbox when the caller is interrupted.
 */
public final class CodeVerifier implements AutoCloseable {

    private static final AtomicLong THREADS = new AtomicLong();

    private final CodeJudge judge;
    private final ExecutorService conversations = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "code-sandbox-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    private CodeVerifier(CodeJudge judge) {
        this.judge = judge;
    }

    /**
     * Builds what there is to build (once for all processes with the same settings) and tries the sandbox.
     *
     * @throws SandboxException if programs cannot be graded here; the message says why and what to do
     */
    public static CodeVerifier start(CodeSettings settings) throws SandboxException, InterruptedException {
        WorkFolder work = WorkFolder.at(settings.sandbox().workFolder());
        Optional<Path> headers = headers(settings, work);
        Sandbox sandbox = Sandbox.choose(
                settings.isolation(), settings.sandbox(), work, headers.stream().toList());
        Map<CodeLanguage, Toolchain> toolchains = new EnumMap<>(CodeLanguage.class);
        for (CodeLanguage language : settings.languages()) {
            toolchains.put(
                    language,
                    switch (language) {
                        case CPP -> new CppToolchain(settings, headers.map(sandbox::inside));
                        case PYTHON -> new PythonToolchain(settings);
                    });
        }
        return new CodeVerifier(new CodeJudge(settings, toolchains, sandbox));
    }

    private static Optional<Path> headers(CodeSettings settings, WorkFolder work)
            throws SandboxException, InterruptedException {
        if (settings.languages().contains(CodeLanguage.PYTHON)) {
            requireExecutable(settings.python().command(), "reward.code.python.command");
        }
        if (!settings.languages().contains(CodeLanguage.CPP)) {
            return Optional.empty();
        }
        requireExecutable(settings.cpp().command(), "reward.code.cpp.command");
        if (!settings.cpp().precompiledHeader()) {
            return Optional.empty();
        }
        try {
            return PrecompiledHeader.in(work, settings.cpp());
        } catch (IOException e) {
            throw new SandboxException("bits/stdc++.h could not be precompiled: " + e.getMessage(), e);
        }
    }

    private static void requireExecutable(List<String> command, String key) throws SandboxException {
        Path executable = Path.of(command.get(0));
        if (!executable.isAbsolute() || !Files.isExecutable(executable)) {
            throw new SandboxException(
                    key + " must begin with the absolute path of an executable, which '" + executable + "' is not");
        }
    }

    /**
     * Grades one program. A sandbox that breaks is the verdict CRASHED.
     *
     * @throws InterruptedException when interrupted; everything that the program started is gone by then
     */
    public CodeVerdict verify(Submission submission, TestSuite suite) throws InterruptedException {
        try {
            return converse(opened -> judge.judge(submission, suite, opened));
        } catch (SandboxException e) {
            return CodeVerdict.of(Verdict.CRASHED, e.getMessage());
        }
    }

    /**
     * What a program writes on each test, for the repair of tests: all of them are run, checkers are not asked.
     *
     * @param most characters of an output, which is kept in memory
     * @return for each test the output, or the function's value as JSON; empty where the program crashed, took too long
     *     or wrote more. Empty altogether when the program cannot be run: it does not compile, its language is not
     *     among those graded, or it broke its sandbox
     * @throws InterruptedException when interrupted; everything that the program started is gone by then
     */
    public Optional<List<Optional<String>>> outputs(Submission submission, TestSuite suite, int most)
            throws InterruptedException {
        try {
            return converse(opened -> judge.outputs(submission, suite, most, opened));
        } catch (SandboxException e) {
            return Optional.empty();
        }
    }

    /** What is asked of the judge. */
    @FunctionalInterface
    private interface Question<T> {
        T ask(Consumer<SandboxSession> opened) throws SandboxException;
    }

    private <T> T converse(Question<T> question) throws InterruptedException, SandboxException {
        Conversation conversation = new Conversation();
        Future<T> answer = conversations.submit(() -> question.ask(conversation::opened));
        try {
            return answer.get();
        } catch (InterruptedException e) {
            conversation.end();
            awaitEnd(answer);
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SandboxException broken) {
                throw broken;
            }
            throw new IllegalStateException("running a program failed", e.getCause());
        }
    }

    /** Waits for the end of a conversation whose sandbox was killed, however often we are interrupted. */
    private static void awaitEnd(Future<?> verdict) {
        boolean interrupted = false;
        while (true) {
            try {
                verdict.get();
                break;
            } catch (ExecutionException e) {
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends our threads; nothing may be graded any more. */
    @Override
    public void close() {
        conversations.shutdownNow();
    }

    /** The sessions that a program is graded in, one after another, which its caller can kill at any time. */
    private static final class Conversation {

        private SandboxSession current;
        private boolean ended;

        synchronized void opened(SandboxSession session) {
            current = session;
            if (ended) {
                session.kill();
            }
        }

        synchronized void end() {
            ended = true;
            if (current != null) {
                current.kill();
            }
        }
    }
}
