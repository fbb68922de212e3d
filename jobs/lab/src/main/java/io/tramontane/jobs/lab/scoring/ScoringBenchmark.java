package io.tramontane.jobs.lab.scoring;

import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.flink.FlinkConfiguration;
import io.tramontane.jobs.kernel.flink.LocalFlink;
import io.tramontane.jobs.lab.scoring.FaultyJudge.Behaviour;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.pipeline.scoring.PoolSettings;
import io.tramontane.pipeline.scoring.ScorerFactory;
import io.tramontane.pipeline.scoring.ScoringSettings;
import io.tramontane.pipeline.scoring.ScoringWiring;
import io.tramontane.pipeline.transport.CompletionTypes;
import io.tramontane.rewards.composition.RewardFunction;
import io.tramontane.rewards.composition.RewardSettings;
import io.tramontane.rewards.composition.WeightedGrader;
import io.tramontane.schemas.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * How much of its throughput a scoring job keeps when a share of completions meets a verifier that hangs, crashes or
 * returns garbage. The job is a real one on a cluster in this process, with the reward of the configuration and one
 * more component, a {@link FaultyJudge}; it may not restart. Clean and faulty passes alternate, so that a busy machine
 * burdens both alike.
 */
public final class ScoringBenchmark {

    private static final String JUDGE = "judge";

    private final TramontaneConfig config;
    private final Plan plan;

    /** Nothing runs before {@link #run}. */
    public ScoringBenchmark(TramontaneConfig config, Plan plan) {
        this.config = config;
        this.plan = plan;
    }

    /**
     * What is measured.
     *
     * @param completions in each pass
     * @param faultyShare of them the judge misbehaves on, 0 to 1
     * @param judgeThreads that wait for the judge at the same time
     * @param deadline after which the judge's verdict is TIMEOUT
     * @param answersAfter time that an orderly judge takes
     * @param rounds each a clean and a faulty pass
     */
    public record Plan(
            int completions,
            double faultyShare,
            int judgeThreads,
            Duration deadline,
            Duration answersAfter,
            int rounds) {}

    /**
     * One run of the job.
     *
     * @param seconds from the job's start to its end
     * @param verdicts of every component, by name and verdict
     */
    public record Pass(double seconds, long completions, Map<String, Long> verdicts) {

        /** How often a component had this verdict. */
        public long count(String component, Verdict verdict) {
            return verdicts.getOrDefault(VerdictCounts.accumulator(component, verdict.name()), 0L);
        }
    }

    /**
     * What came out.
     *
     * @param clean the last pass without faults
     * @param faulty the last pass with them
     * @param cleanSeconds of all clean passes together
     * @param faultySeconds of all faulty ones
     * @param expected verdicts of the judge in a faulty pass
     */
    public record Result(
            Pass clean, Pass faulty, double cleanSeconds, double faultySeconds, Map<Verdict, Long> expected) {

        /** Throughput with faults over throughput without. */
        public double kept() {
            return cleanSeconds / faultySeconds;
        }

        /**
         * Whether every completion came out with a verdict of the judge, and none less than there must be of those on
         * what hangs, crashes or is garbage.
         */
        public boolean complete() {
            long all = expected.values().stream().mapToLong(Long::longValue).sum();
            long judged = Arrays.stream(Verdict.values())
                    .mapToLong(verdict -> faulty.count(JUDGE, verdict))
                    .sum();
            return clean.completions() == all
                    && faulty.completions() == all
                    && judged == all
                    && faulty.count(JUDGE, Verdict.CRASHED) == expected(Verdict.CRASHED)
                    && late() >= 0;
        }

        /** Completions on which an orderly judge missed the deadline, because the machine was busy. */
        public long late() {
            return faulty.count(JUDGE, Verdict.TIMEOUT) - expected(Verdict.TIMEOUT);
        }

        private long expected(Verdict verdict) {
            return expected.getOrDefault(verdict, 0L);
        }
    }

    /**
     * Runs all passes, one of each kind before them to warm up.
     *
     * @param directory for the cluster's checkpoints
     * @throws RunFailure if a job does not finish
     */
    public Result run(Path directory) throws InterruptedException, IOException {
        Configuration configuration = FlinkConfiguration.of(config.flink(), directory);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        try (LocalFlink flink = LocalFlink.start(configuration, config.flink().parallelism())) {
            pass(flink, configuration, 0);
            pass(flink, configuration, plan.faultyShare());
            Pass clean = null;
            Pass faulty = null;
            double cleanSeconds = 0;
            double faultySeconds = 0;
            for (int round = 0; round < plan.rounds(); round++) {
                // Clean, faulty, faulty, clean: what drifts evenly cancels out.
                boolean cleanFirst = round % 2 == 0;
                if (cleanFirst) {
                    clean = pass(flink, configuration, 0);
                }
                faulty = pass(flink, configuration, plan.faultyShare());
                if (!cleanFirst) {
                    clean = pass(flink, configuration, 0);
                }
                cleanSeconds += clean.seconds();
                faultySeconds += faulty.seconds();
            }
            return new Result(clean, faulty, cleanSeconds, faultySeconds, expected());
        }
    }

    private Map<Verdict, Long> expected() {
        Map<Verdict, Long> expected = new EnumMap<>(Verdict.class);
        // What fails the gate is not judged, but demonstrations never do.
        LongStream.range(0, plan.completions())
                .mapToObj(number -> FaultyJudge.behaviour(JudgedCompletions.completionId(number), plan.faultyShare()))
                .map(Behaviour::verdict)
                .forEach(verdict -> expected.merge(verdict, 1L, Long::sum));
        return expected;
    }

    private Pass pass(LocalFlink flink, Configuration configuration, double faultyShare)
            throws InterruptedException, IOException {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        var completions = environment
                .fromSequence(0, plan.completions() - 1L)
                .uid("bench-numbers")
                .map(new JudgedCompletions())
                .returns(CompletionTypes.COMPLETION)
                .uid("bench-completions");
        ScoringWiring.attach(completions, judged(config.reward(), faultyShare, plan.answersAfter()), settings())
                .flatMap(new VerdictCounts())
                .returns(Types.LONG)
                .uid("bench-counts")
                .sinkTo(new DiscardingSink<>())
                .uid("bench-sink");
        var graph = environment.getStreamGraph();
        graph.setJobName("Tramontane bench scoring, faults " + faultyShare);
        JobID jobId = new JobID();
        flink.submit(graph, jobId, Optional.empty());
        JobResult result = flink.awaitFinished(jobId, "the scoring job");
        return measured(result);
    }

    private static Pass measured(JobResult result) throws IOException {
        JobExecutionResult executed;
        try {
            executed = result.toJobExecutionResult(ScoringBenchmark.class.getClassLoader());
        } catch (Exception e) {
            throw new IOException("the job's counts are lost", e);
        }
        Map<String, Long> verdicts = new TreeMap<>();
        executed.getAllAccumulatorResults().forEach((name, count) -> verdicts.put(name, (Long) count));
        Long completions = verdicts.remove(VerdictCounts.COMPLETIONS);
        return new Pass(result.getNetRuntime() / 1e3, completions == null ? 0 : completions, verdicts);
    }

    private ScoringSettings settings() {
        // As many as there are may hang, so that each is asked.
        return config.pipeline()
                .scoring()
                .withCustom(new PoolSettings(plan.judgeThreads(), plan.deadline()), plan.completions());
    }

    private static ScorerFactory judged(RewardSettings reward, double faultyShare, Duration answersAfter) {
        return () -> new RewardFunction(reward)
                .with(new WeightedGrader(JUDGE, new FaultyJudge(faultyShare, answersAfter), 1, true));
    }
}
