package io.tramontane.rewards.code;

import io.tramontane.rewards.Grade;
import io.tramontane.rewards.Grader;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.code.sandbox.SandboxException;
import io.tramontane.rewards.format.ParsedCompletion;
import io.tramontane.schemas.Verdict;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the program in a completion passes the tests of its problem (Magistral §2.2.2).
 *
 * <p>The program is the first fenced block of the answer part that names its language; the reference is a
 * {@link TestSuite}, of which all completions of a group meet the same tests. The verifier is started by the first
 * completion that needs it. If it cannot be, every completion is UNGRADABLE, for the same reason: nothing is ever run
 * without the isolation that was asked for.
 *
 * <p>Thread-safe. A thread that is interrupted returns the verdict TIMEOUT, its interrupt flag set.
 */
public final class CodeGrader implements Grader {

    private static final Logger LOG = LoggerFactory.getLogger(CodeGrader.class);

    private final CodeSettings settings;
    private final boolean partialCredit;
    private CompletableFuture<CodeVerifier> starting;

    /** @param partialCredit whether a program that fails earns the share of the tests that it passes */
    public CodeGrader(CodeSettings settings, boolean partialCredit) {
        this.settings = settings;
        this.partialCredit = partialCredit;
    }

    /**
     * Starts the verifier, so that what is amiss shows at once.
     *
     * @throws SandboxException if programs cannot be graded here; the message says why and what to do
     */
    public void start() throws SandboxException, InterruptedException {
        try {
            starting().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SandboxException refusal) {
                throw refusal;
            }
            throw new IllegalStateException("the code verifier did not start", e.getCause());
        }
    }

    /** Begun once, on a thread of its own: it takes longer than the patience of the first completion may last. */
    private synchronized CompletableFuture<CodeVerifier> starting() {
        if (starting == null) {
            CompletableFuture<CodeVerifier> future = new CompletableFuture<>();
            Thread thread = new Thread(() -> startInto(future), "code-verifier-start");
            thread.setDaemon(true);
            thread.start();
            starting = future;
        }
        return starting;
    }

    private void startInto(CompletableFuture<CodeVerifier> future) {
        try {
            CodeVerifier verifier = CodeVerifier.start(settings);
            if (!future.complete(verifier)) {
                verifier.close();
            }
        } catch (SandboxException e) {
            LOG.error("No program is graded: {}", e.getMessage());
            future.completeExceptionally(e);
        } catch (InterruptedException | RuntimeException e) {
            future.completeExceptionally(e);
        }
    }

    @Override
    public Grade grade(RewardRequest request, ParsedCompletion parsed) {
        Optional<CodeBlock> block = CodeBlock.first(parsed.answerPart());
        if (block.isEmpty()) {
            return Grade.wrong("no fenced block that names its language");
        }
        Optional<CodeLanguage> language = CodeLanguage.labelled(block.get().label());
        if (language.isEmpty()) {
            return Grade.ungradable("programs in '" + block.get().label() + "' are not graded");
        }
        try {
            TestSuite suite =
                    TestSuite.parse(request.reference()).draw(request.groupId(), settings.testsPerCompletion());
            start();
            CodeVerdict verdict = starting()
                    .join()
                    .verify(new Submission(language.get(), block.get().source()), suite);
            return new Grade(score(verdict, suite), verdict.verdict(), verdict.reason());
        } catch (TestSuiteException | SandboxException e) {
            return Grade.ungradable(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Grade.timeout("the program was not graded by the deadline");
        }
    }

    /** Tests that were left out after the first failure count as failed. */
    private double score(CodeVerdict verdict, TestSuite suite) {
        if (verdict.verdict() == Verdict.CORRECT) {
            return 1;
        }
        return partialCredit
                ? (double) verdict.tests().stream().filter(TestResult::correct).count()
                        / suite.tests().size()
                : 0;
    }

    @Override
    public synchronized void close() {
        if (starting == null || starting.cancel(false) || starting.isCompletedExceptionally()) {
            return;
        }
        starting.join().close();
    }
}
