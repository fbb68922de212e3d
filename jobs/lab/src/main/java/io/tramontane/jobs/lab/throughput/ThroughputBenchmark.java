package io.tramontane.jobs.lab.throughput;

import com.sun.management.OperatingSystemMXBean;
import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.records.RecordProducer;
import io.tramontane.kafka.records.TopicReader;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.rewards.composition.RewardSettings;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.Group;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Throughput of the dataflow from the completions topic to the groups topic as a share of what a consumer reaches that
 * only polls the same completions, and beside it what is left of that when the same bytes are only written again: the
 * rest is the dataflow's own. Passes alternate, so that a busy machine burdens all alike.
 */
public final class ThroughputBenchmark {

    /** Seconds of compilation in a second, over all compiler threads. */
    private static final double QUIET_COMPILERS = 0.1;

    private static final int MOST_WARM_UP_PASSES = 4;

    private final TramontaneConfig config;
    private final RunDirectory directory;
    private final Plan plan;

    /**
     * Nothing runs before {@link #run}.
     *
     * @param directory of a run of its own
     */
    public ThroughputBenchmark(TramontaneConfig config, RunDirectory directory, Plan plan) {
        this.config = config;
        this.directory = directory;
        this.plan = plan;
    }

    /**
     * What is measured.
     *
     * @param groups of 16 completions each
     * @param openGroups at any time
     * @param rounds each a pass of either
     */
    public record Plan(long groups, int openGroups, int rounds) {

        /** Completions in a pass. */
        public long completions() {
            return groups * CompletionSequence.GROUP_SIZE;
        }
    }

    /**
     * A pass of the raw consumer, one of the dataflow and one of the bare copy.
     *
     * @param raw completions a second
     * @param copy completions a second that are read and written again in a transaction, with nothing in between
     * @param dataflow completions a second
     * @param rawMicros of processor time that this process spends on a completion; the broker's is not in it
     * @param dataflowMicros likewise. On a machine that others use too, these say more than the rates
     * @param bytes of a completion as it is encoded, on average
     */
    public record Round(
            double raw, double copy, double dataflow, double rawMicros, double dataflowMicros, double bytes) {

        /** What the dataflow reaches of the raw consumer. */
        public double ratio() {
            return dataflow / raw;
        }

        /** What the bare copy reaches of the raw consumer. */
        public double copyRatio() {
            return copy / raw;
        }
    }

    /**
     * Measures.
     *
     * @param reward by which the dataflow scores
     * @param listener hears each round as it ends
     * @throws RunFailure when broker, Flink or the job fail, or not every completion is in a group
     */
    public List<Round> run(RewardSettings reward, Consumer<Round> listener) throws IOException, InterruptedException {
        try (BrokerProcess broker = BrokerProcess.start(directory.kafka(), directory.log())) {
            KafkaSettings kafka =
                    new KafkaSettings(broker.bootstrapServers(), config.kafka().properties());
            try (BenchmarkTopics topics = BenchmarkTopics.create(kafka, directory.id());
                    ThroughputJob job = new ThroughputJob(config, directory, kafka)) {
                write(kafka);
                warmUp(kafka, job, topics, reward);
                List<Round> rounds = new ArrayList<>();
                for (int number = 0; number < plan.rounds(); number++) {
                    Round round = round(kafka, job, reward, number % 2 == 0);
                    topics.trim(topics.ends(Topic.GROUPS));
                    listener.accept(round);
                    rounds.add(round);
                }
                return rounds;
            }
        }
    }

    private Round round(KafkaSettings kafka, ThroughputJob job, RewardSettings reward, boolean rawFirst)
            throws IOException, InterruptedException {
        Measured<RawPollLoop.Pass> raw = null;
        if (rawFirst) {
            raw = measured(() -> RawPollLoop.run(kafka, directory.id(), plan.completions()));
        }
        Measured<Double> seconds = measured(() -> job.pass(reward));
        if (!rawFirst) {
            raw = measured(() -> RawPollLoop.run(kafka, directory.id(), plan.completions()));
        }
        double copy = RawCopyLoop.run(kafka, directory.id(), plan.completions());
        return new Round(
                raw.result().perSecond(),
                copy,
                plan.completions() / seconds.result(),
                raw.micros() / plan.completions(),
                seconds.micros() / plan.completions(),
                (double) raw.result().bytes() / raw.result().records());
    }

    private record Measured<T>(T result, double micros) {}

    @FunctionalInterface
    private interface Pass<T> {
        T run() throws IOException, InterruptedException;
    }

    private static <T> Measured<T> measured(Pass<T> pass) throws IOException, InterruptedException {
        OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long before = process.getProcessCpuTime();
        T result = pass.run();
        return new Measured<>(result, (process.getProcessCpuTime() - before) / 1e3);
    }

    /**
     * Untimed passes until the compilers leave the processors to the job: the poll loop is compiled within a second,
     * the job within a minute, and meanwhile they take as much as the job does. What comes out of the first must be all
     * that went in.
     */
    private void warmUp(KafkaSettings kafka, ThroughputJob job, BenchmarkTopics topics, RewardSettings reward)
            throws IOException, InterruptedException {
        RawPollLoop.run(kafka, directory.id(), plan.completions());
        double compiling = warmUpPass(job, reward);
        requireAllGrouped(kafka, plan.completions());
        topics.trim(topics.ends(Topic.GROUPS));
        for (int pass = 1; compiling > QUIET_COMPILERS && pass < MOST_WARM_UP_PASSES; pass++) {
            compiling = warmUpPass(job, reward);
            topics.trim(topics.ends(Topic.GROUPS));
        }
    }

    /** Seconds that the compilers took in a second of the pass. */
    private static double warmUpPass(ThroughputJob job, RewardSettings reward)
            throws IOException, InterruptedException {
        long before = compilationMillis();
        double seconds = job.pass(reward);
        return (compilationMillis() - before) / 1e3 / seconds;
    }

    private static long compilationMillis() {
        return ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
    }

    private void requireAllGrouped(KafkaSettings kafka, long completions) {
        AtomicLong grouped = new AtomicLong();
        TopicReader.forEach(
                kafka,
                Topic.GROUPS,
                directory.id(),
                Group.class,
                record -> grouped.addAndGet(record.value().getCompletions().size()));
        if (grouped.get() != completions) {
            throw new RunFailure(grouped + " of " + completions + " completions came out in groups");
        }
    }

    private void write(KafkaSettings kafka) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (RecordProducer<Completion> producer =
                new RecordProducer<>(kafka, Topic.COMPLETIONS, directory.id(), Completion.class)) {
            new CompletionSequence(directory.id(), plan.groups(), plan.openGroups())
                    .forEach(completion -> producer.send(completion.getGroupId(), completion)
                            .whenComplete((nothing, error) -> {
                                if (error != null) {
                                    failure.set(error);
                                }
                            }));
            producer.flush();
        }
        if (failure.get() != null) {
            throw new RunFailure(
                    "the completions cannot be written: " + failure.get().getMessage(), failure.get());
        }
    }
}
