package io.tramontane.jobs.lab.scoring;

import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.flink.FlinkConfiguration;
import io.tramontane.jobs.kernel.flink.LocalFlink;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.pipeline.scoring.PoolSettings;
import io.tramontane.pipeline.scoring.ScorerFactory;
import io.tramontane.pipeline.scoring.ScoringSettings;
import io.tramontane.pipeline.scoring.ScoringWiring;
import io.tramontane.pipeline.transport.CompletionTypes;
import io.tramontane.rewards.composition.RewardFunction;
import io.tramontane.rewards.composition.RewardSettings;
import io.tramontane.rewards.composition.WeightedGrader;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.ScoredCompletion;
import io.tramontane.schemas.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.CheckpointStatsStatus;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * The scoring operator against Flink's asynchronous I/O: the same completions, the same reward and equally many threads
 * in jobs on one cluster in this process. Every round runs all ways, each time in another order, so that a busy machine
 * burdens them alike; ratios are taken within a round.
 */
public final class AsyncBenchmark {

    private static final String JUDGE = "judge";
    private static final Duration CHECKPOINTS = Duration.ofMillis(200);
    private static final Duration SLOW = Duration.ofMillis(10);
    private static final double SLOW_SHARE = 0.01;
    private static final double HANGING_SHARE = 0.000_2;
    private static final int WAVES = 4;

    /** How completions are graded beside the stream. */
    public enum Way {
        OPERATOR("our operator"),
        UNORDERED("unorderedWait"),
        ORDERED("orderedWait");

        private final String title;

        Way(String title) {
            this.title = title;
        }

        /** For a table. */
        public String title() {
            return title;
        }
    }

    /** What the verifiers do. */
    public enum Load {
        /** The built-in ones alone, which take microseconds. */
        QUICK,
        /**
         * One more, which is slow on one completion in a hundred and hangs on one in five thousand until interrupted.
         */
        MIXED,
        /** One more, which keeps each of its threads for itself once, and is quick then. */
        LOST_THREADS
    }

    /**
     * What is measured.
     *
     * @param completions in each pass
     * @param judgeThreads of the verifier that may be slow, in each subtask
     * @param deadline of that verifier, and timeout of asynchronous I/O
     * @param rounds each a pass of every way
     */
    public record Plan(int completions, int judgeThreads, Duration deadline, int rounds) {}

    /**
     * What the operator held at a checkpoint.
     *
     * @param held completions in grading
     * @param bytes of the job's state
     */
    public record HeldState(long held, long bytes) {}

    /**
     * One run of a job.
     *
     * @param completions that came out
     * @param judged of them correct by the verifier that may be slow
     * @param timedOut of them without its verdict
     * @param largest the completed checkpoint with most completions in it; empty when there was none
     */
    public record Pass(double seconds, long completions, long judged, long timedOut, Optional<HeldState> largest) {

        /** Completions a second. */
        public double rate() {
            return completions / seconds;
        }
    }

    private final TramontaneConfig config;
    private final Plan plan;
    private int jobs;

    /** Nothing runs before {@link #run}. */
    public AsyncBenchmark(TramontaneConfig config, Plan plan) {
        this.config = config;
        this.plan = plan;
    }

    /** What came out: the passes of each load and way, by round. */
    public record Result(Map<Load, Map<Way, List<Pass>>> passes) {

        /** Passes of a way in the order of the rounds. */
        public List<Pass> of(Load load, Way way) {
            return passes.get(load).get(way);
        }

        /** Median of the completions a second. */
        public double rate(Load load, Way way) {
            return median(of(load, way).stream().map(Pass::rate).toList());
        }

        /** Median over the rounds of the operator's throughput over that of another way. */
        public double ratio(Load load, Way other) {
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round < of(load, other).size(); round++) {
                ratios.add(of(load, Way.OPERATOR).get(round).rate()
                        / of(load, other).get(round).rate());
            }
            return median(ratios);
        }

        private static double median(List<Double> values) {
            List<Double> sorted = new ArrayList<>(values);
            Collections.sort(sorted);
            int middle = sorted.size() / 2;
            return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        }
    }

    /**
     * Runs all passes; each way once before them to warm up.
     *
     * @param directory for the cluster's checkpoints
     * @throws RunFailure if a job does not finish
     */
    public Result run(Path directory) throws InterruptedException, IOException {
        Configuration configuration = FlinkConfiguration.of(config.flink(), directory);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINTS);
        configuration.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, Duration.ZERO);
        Map<Load, Map<Way, List<Pass>>> passes = new EnumMap<>(Load.class);
        try (LocalFlink flink = LocalFlink.start(configuration, config.flink().parallelism())) {
            for (Load load : Load.values()) {
                Map<Way, List<Pass>> ofLoad = new EnumMap<>(Way.class);
                passes.put(load, ofLoad);
                List<Way> order = new ArrayList<>(List.of(Way.values()));
                if (load != Load.LOST_THREADS) {
                    for (Way way : order) {
                        pass(flink, configuration, load, way);
                    }
                }
                for (int round = 0; round < plan.rounds(); round++) {
                    for (Way way : order) {
                        ofLoad.computeIfAbsent(way, first -> new ArrayList<>())
                                .add(pass(flink, configuration, load, way));
                    }
                    Collections.rotate(order, 1);
                }
            }
        }
        return new Result(passes);
    }

    private Pass pass(LocalFlink flink, Configuration configuration, Load load, Way way)
            throws InterruptedException, IOException {
        String name = "Tramontane bench async " + jobs++;
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        DataStream<Completion> completions = environment
                .fromSequence(0, completions(load) - 1L)
                .uid("bench-numbers")
                .map(new JudgedCompletions())
                .returns(CompletionTypes.COMPLETION)
                .uid("bench-completions")
                .map(InFlightProbe.<Completion>before(name))
                .returns(CompletionTypes.COMPLETION)
                .uid("bench-before");
        graded(completions, load, way)
                .map(InFlightProbe.<ScoredCompletion>behind(name))
                .returns(CompletionTypes.SCORED_COMPLETION)
                .uid("bench-behind")
                .flatMap(new VerdictCounts())
                .returns(Types.LONG)
                .uid("bench-counts")
                .sinkTo(new DiscardingSink<>())
                .uid("bench-sink");
        var graph = environment.getStreamGraph();
        graph.setJobName(name);
        JobID jobId = new JobID();
        flink.submit(graph, jobId, Optional.empty());
        JobResult result = flink.awaitFinished(jobId, "the job of " + way.title());
        Map<String, Object> counts = new TreeMap<>();
        try {
            counts.putAll(result.toJobExecutionResult(AsyncBenchmark.class.getClassLoader())
                    .getAllAccumulatorResults());
        } catch (IOException | ClassNotFoundException | JobExecutionException e) {
            throw new IOException("the job's counts are lost", e);
        }
        return new Pass(
                result.getNetRuntime() / 1e3,
                count(counts, VerdictCounts.COMPLETIONS),
                count(counts, VerdictCounts.accumulator(JUDGE, Verdict.CORRECT.name())),
                count(counts, VerdictCounts.accumulator(JUDGE, Verdict.TIMEOUT.name())),
                largest(flink, jobId, InFlightProbe.heldBy(name)));
    }

    private static long count(Map<String, Object> counts, String name) {
        return (Long) counts.getOrDefault(name, 0L);
    }

    /** While threads are lost, enough completions to fill the operator some times. */
    private int completions(Load load) {
        int filled =
                WAVES * config.pipeline().scoring().capacity() * config.flink().parallelism();
        return load == Load.LOST_THREADS ? Math.min(plan.completions(), filled) : plan.completions();
    }

    private DataStream<ScoredCompletion> graded(DataStream<Completion> completions, Load load, Way way) {
        ScorerFactory scorers = scorers(config.reward(), load, plan.judgeThreads());
        ScoringSettings settings = settings();
        var function = new AsyncGradingFunction(scorers, settings);
        long millis = plan.deadline().toMillis();
        return switch (way) {
            case OPERATOR -> ScoringWiring.attach(completions, scorers, settings);
            case UNORDERED ->
                AsyncDataStream.unorderedWait(completions, function, millis, TimeUnit.MILLISECONDS, settings.capacity())
                        .returns(CompletionTypes.SCORED_COMPLETION)
                        .uid("bench-async");
            case ORDERED ->
                AsyncDataStream.orderedWait(completions, function, millis, TimeUnit.MILLISECONDS, settings.capacity())
                        .returns(CompletionTypes.SCORED_COMPLETION)
                        .uid("bench-async");
        };
    }

    private ScoringSettings settings() {
        return config.pipeline()
                .scoring()
                .withCustom(new PoolSettings(plan.judgeThreads(), plan.deadline()), 2 * plan.judgeThreads());
    }

    private static ScorerFactory scorers(RewardSettings reward, Load load, int judgeThreads) {
        return switch (load) {
            case QUICK -> ScorerFactory.of(reward);
            case MIXED ->
                () -> new RewardFunction(reward)
                        .with(new WeightedGrader(JUDGE, new MixedJudge(SLOW_SHARE, SLOW, HANGING_SHARE, 0), 1, true));
            case LOST_THREADS ->
                () -> new RewardFunction(reward)
                        .with(new WeightedGrader(JUDGE, new MixedJudge(0, SLOW, 0, judgeThreads), 1, true));
        };
    }

    private static Optional<HeldState> largest(LocalFlink flink, JobID jobId, Map<Long, Long> held) {
        var statistics = flink.execution(jobId).getCheckpointStatsSnapshot();
        Optional<HeldState> largest = Optional.empty();
        if (statistics != null) {
            for (AbstractCheckpointStats checkpoint : statistics.getHistory().getCheckpoints()) {
                long count = held.getOrDefault(checkpoint.getCheckpointId(), 0L);
                if (checkpoint.getStatus() == CheckpointStatsStatus.COMPLETED
                        && largest.filter(before -> before.held() >= count).isEmpty()) {
                    largest = Optional.of(new HeldState(count, checkpoint.getStateSize()));
                }
            }
        }
        return largest;
    }
}
