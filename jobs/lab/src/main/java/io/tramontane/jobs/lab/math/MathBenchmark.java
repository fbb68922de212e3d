package io.tramontane.jobs.lab.math;

import io.tramontane.rewards.correctness.AnswerEquality;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Times comparisons on the calling thread, by the CPU time of that thread where many comparisons are summed and by the
 * clock where each is timed alone (CPU time is read too slowly for that).
 *
 * <p>Each pair is compared in every round; the rounds of the warm-up are not counted.
 */
public final class MathBenchmark {

    private final AnswerEquality equality;
    private final ThreadMXBean thread = ManagementFactory.getThreadMXBean();

    /** Keeps the results alive, so that no comparison is optimised away. */
    private int correct;

    public MathBenchmark(AnswerEquality equality) {
        this.equality = equality;
    }

    /**
     * @param pairs real ones
     * @param rounds in which each was compared
     * @param equal how many of them were found equal, in all rounds together
     * @param pairsPerCpuSecond comparisons in one second of one core
     * @param medianMicros of one comparison
     * @param p99Micros of one comparison
     * @param pathological inputs made to be slow
     * @param slowestPathologicalMillis CPU time of the slowest of them, the best of three tries, as the first may meet
     *     cold code
     * @param slowestPathological its name
     */
    public record Report(
            int pairs,
            int rounds,
            int equal,
            double pairsPerCpuSecond,
            double medianMicros,
            double p99Micros,
            int pathological,
            double slowestPathologicalMillis,
            String slowestPathological) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%,d pairs, %,.0f%% equal, %d rounds: %,.0f pairs a CPU-second, median %.1f µs, p99 %.1f µs%n"
                            + "%,d pathological inputs: slowest %.1f ms (%s)",
                    pairs,
                    100.0 * equal / rounds / pairs,
                    rounds,
                    pairsPerCpuSecond,
                    medianMicros,
                    p99Micros,
                    pathological,
                    slowestPathologicalMillis,
                    slowestPathological);
        }
    }

    /**
     * Times all pairs.
     *
     * @param pairs real ones, at least one
     * @param warmUp rounds that are not counted
     * @param rounds that are
     */
    public Report run(List<BenchmarkPair> pairs, List<PathologicalPair> pathological, int warmUp, int rounds) {
        for (int round = 0; round < warmUp; round++) {
            pairs.forEach(this::compare);
        }
        correct = 0;
        long cpu = thread.getCurrentThreadCpuTime();
        for (int round = 0; round < rounds; round++) {
            pairs.forEach(this::compare);
        }
        int equal = correct;
        double cpuSeconds = (thread.getCurrentThreadCpuTime() - cpu) / 1e9;

        double[] micros = new double[pairs.size() * rounds];
        int next = 0;
        for (int round = 0; round < rounds; round++) {
            for (BenchmarkPair pair : pairs) {
                long start = System.nanoTime();
                compare(pair);
                micros[next++] = (System.nanoTime() - start) / 1e3;
            }
        }
        Arrays.sort(micros);

        double slowest = 0;
        String name = "none";
        for (PathologicalPair pair : pathological) {
            double millis = bestOfThree(new BenchmarkPair(pair.reference(), pair.answer()));
            if (millis > slowest) {
                slowest = millis;
                name = pair.name();
            }
        }
        return new Report(
                pairs.size(),
                rounds,
                equal,
                pairs.size() * rounds / cpuSeconds,
                micros[micros.length / 2],
                micros[(int) (micros.length * 0.99)],
                pathological.size(),
                slowest,
                name);
    }

    private double bestOfThree(BenchmarkPair pair) {
        double best = Double.POSITIVE_INFINITY;
        for (int attempt = 0; attempt < 3; attempt++) {
            long start = thread.getCurrentThreadCpuTime();
            compare(pair);
            best = Math.min(best, (thread.getCurrentThreadCpuTime() - start) / 1e6);
        }
        return best;
    }

    private void compare(BenchmarkPair pair) {
        if (equality.compare(pair.reference(), pair.answer()).score() > 0) {
            correct++;
        }
    }
}
