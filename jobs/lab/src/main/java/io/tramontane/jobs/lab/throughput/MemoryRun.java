package io.tramontane.jobs.lab.throughput;

import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.pipeline.admission.AdmissionOperator;
import io.tramontane.pipeline.io.PipelineTopics.Extent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.apache.flink.api.common.JobID;

/**
 * Sends millions of completions through the dataflow and watches the memory of this process, which holds nothing else.
 */
public final class MemoryRun {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int SAMPLES = 25;
    /** One of these parts is warm-up: compilers, pools, buffers and what is remembered come to their size. */
    private static final int PARTS = 5;

    private static final int PART = SAMPLES / PARTS;

    /** With fewer completions, admission's memory of groups would still grow to its bound behind the warm-up. */
    public static final long FEWEST_COMPLETIONS =
            (long) PARTS * AdmissionOperator.GROUPS_ON_HEAP * CompletionSequence.GROUP_SIZE;

    private static final double TOLERANCE = 0.1;

    private final TramontaneConfig config;
    private final RunDirectory directory;
    private final ThroughputBenchmark.Plan plan;

    /** As {@link ThroughputBenchmark}, with one endless pass of the dataflow. */
    public MemoryRun(TramontaneConfig config, RunDirectory directory, ThroughputBenchmark.Plan plan) {
        this.config = config;
        this.directory = directory;
        this.plan = plan;
    }

    /**
     * How one figure went.
     *
     * @param early median of the samples behind the warm-up
     * @param late median of the last samples
     */
    public record Course(String name, long early, long late) {

        /** Whether it has grown by no more than a tenth. */
        public boolean flat() {
            return late <= early * (1 + TOLERANCE);
        }
    }

    /**
     * Runs.
     *
     * @param listener hears each sample, as a line for a person
     * @return how heap, direct buffers, resident memory and threads went
     * @throws RunFailure when a process or the job fails
     */
    public List<Course> run(Consumer<String> listener) throws IOException, InterruptedException {
        try (BrokerProcess broker = BrokerProcess.start(directory.kafka(), directory.log())) {
            KafkaSettings kafka =
                    new KafkaSettings(broker.bootstrapServers(), config.kafka().properties());
            try (BenchmarkTopics topics = BenchmarkTopics.create(kafka, directory.id());
                    ThroughputJob job = new ThroughputJob(config, directory, kafka);
                    JavaProcess feed = FeedProcess.start(kafka, directory.id(), plan, directory.log())) {
                JobID jobId = job.start(config.reward(), Extent.UNBOUNDED);
                List<MemorySample> samples = watch(topics, job, jobId, feed, listener);
                job.cancel(jobId);
                return List.of(
                        course("heap", samples, MemorySample::heap),
                        course("direct", samples, MemorySample::direct),
                        course("resident", samples, MemorySample::resident),
                        course("threads", samples, MemorySample::threads));
            }
        }
    }

    private List<MemorySample> watch(
            BenchmarkTopics topics, ThroughputJob job, JobID jobId, JavaProcess feed, Consumer<String> listener)
            throws IOException, InterruptedException {
        List<MemorySample> samples = new ArrayList<>();
        long started = System.nanoTime();
        while (samples.size() < SAMPLES) {
            long due = plan.completions() * (samples.size() + 1) / SAMPLES;
            long read = topics.read();
            while (read < due) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("while the job ran");
                }
                job.requireRunning(jobId);
                if (!feed.alive() && !feed.orderly()) {
                    throw new RunFailure("the completions could not be written; see " + directory.log());
                }
                LockSupport.parkNanos(PAUSE_NANOS);
                read = topics.read();
            }
            MemorySample sample = MemorySample.take(read, (System.nanoTime() - started) / 1e9);
            samples.add(sample);
            listener.accept(String.format(
                    Locale.ROOT,
                    "%,10d completions after %,5.0f s: heap %,d MB, direct %,d MB, resident %,d MB, %d threads",
                    sample.completions(),
                    sample.seconds(),
                    sample.heap() / 1_000_000,
                    sample.direct() / 1_000_000,
                    sample.resident() / 1_000_000,
                    sample.threads()));
        }
        return samples;
    }

    private static Course course(String name, List<MemorySample> samples, ToLongFunction<MemorySample> figure) {
        long[] values = samples.stream().mapToLong(figure).toArray();
        return new Course(
                name,
                median(Arrays.copyOfRange(values, PART, 2 * PART)),
                median(Arrays.copyOfRange(values, SAMPLES - PART, SAMPLES)));
    }

    private static long median(long[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
