package io.tramontane.jobs.evaluation.curation;

import io.tramontane.jobs.data.dataset.Problem;
import io.tramontane.jobs.data.dataset.ProblemSet;
import io.tramontane.rewards.code.CodeVerifier;
import io.tramontane.rewards.code.Submission;
import io.tramontane.rewards.code.TestRepair;
import io.tramontane.rewards.code.TestSuite;
import io.tramontane.rewards.code.TestSuiteException;
import io.tramontane.rewards.correctness.VerifierChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Repairs the tests of code problems by what programs for them write ({@link TestRepair}). Programs that cannot be run
 * say nothing. The outputs of one problem's programs are in memory at a time.
 *
 * <p>Not thread-safe; runs programs on threads of its own.
 */
public final class SuiteRepair implements AutoCloseable {

    /** Called for every problem. */
    @FunctionalInterface
    public interface Progress {
        void repaired(int problems, int of);
    }

    private final CodeVerifier verifier;
    private final TestRepairSettings settings;
    private final TestRepair repair;
    private final int longestOutput;
    private final ExecutorService threads;

    /**
     * @param tolerance for numbers where a suite has none of its own
     * @param longestOutput characters that are kept of what a program writes on a test; longer ones are no output
     * @param threadCount how many programs are run at once
     */
    public SuiteRepair(
            CodeVerifier verifier, TestRepairSettings settings, double tolerance, int longestOutput, int threadCount) {
        this.verifier = verifier;
        this.settings = settings;
        this.longestOutput = longestOutput;
        repair = new TestRepair(settings.agreement(), settings.minimumSolutions(), tolerance);
        threads = Executors.newFixedThreadPool(threadCount);
    }

    /** What becomes of each problem, in their order. */
    public List<RepairedProblem> repair(ProblemSet problems, Solutions solutions, Progress progress) {
        List<RepairedProblem> repaired = new ArrayList<>();
        for (Problem problem : problems.problems()) {
            repaired.add(repair(problem, solutions.of(problem.id())));
            progress.repaired(repaired.size(), problems.size());
        }
        return repaired;
    }

    private RepairedProblem repair(Problem problem, List<Submission> solutions) {
        Optional<TestSuite> suite = suite(problem);
        if (suite.isEmpty() || suite.get().checker().isPresent() || solutions.size() < settings.minimumSolutions()) {
            return new RepairedProblem(problem, suite, Optional.empty());
        }
        List<List<Optional<String>>> outputs = outputs(solutions, suite.get());
        if (outputs.size() < settings.minimumSolutions()) {
            return new RepairedProblem(problem, suite, Optional.empty());
        }
        return new RepairedProblem(problem, suite, Optional.of(repair.repair(suite.get(), outputs)));
    }

    private static Optional<TestSuite> suite(Problem problem) {
        if (!problem.verifier().equals(VerifierChoice.CODE.verifierName())) {
            return Optional.empty();
        }
        try {
            return Optional.of(TestSuite.parse(problem.reference()));
        } catch (TestSuiteException e) {
            // The verifier says so when it is asked; there is nothing here to repair.
            return Optional.empty();
        }
    }

    private List<List<Optional<String>>> outputs(List<Submission> solutions, TestSuite suite) {
        List<Future<Optional<List<Optional<String>>>>> running = solutions.stream()
                .map(solution -> threads.submit(() -> verifier.outputs(solution, suite, longestOutput)))
                .toList();
        List<List<Optional<String>>> outputs = new ArrayList<>();
        for (var program : running) {
            try {
                program.get().ifPresent(outputs::add);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted while programs were run");
            } catch (ExecutionException e) {
                throw new IllegalStateException("running a program failed", e.getCause());
            }
        }
        return outputs;
    }

    /** Ends what is running. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
