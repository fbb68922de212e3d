package io.tramontane.jobs.soak;

import io.tramontane.jobs.config.TramontaneConfig;
import io.tramontane.jobs.faults.TopicTampering;
import io.tramontane.jobs.generator.GeneratorStatistics;
import io.tramontane.jobs.local.FlinkConfiguration;
import io.tramontane.jobs.local.LocalGenerator;
import io.tramontane.jobs.local.LocalServices;
import io.tramontane.jobs.local.RunConsole;
import io.tramontane.jobs.local.RunDirectory;
import io.tramontane.jobs.local.RunFailure;
import io.tramontane.jobs.local.TrainingGraph;
import io.tramontane.jobs.local.TrainingMonitor;
import io.tramontane.jobs.soak.SoakReport.Event;
import io.tramontane.kafka.topics.TopicAdmin;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.tokenizer.PolicyTokenizer;
import io.tramontane.schemas.Identity;
import io.tramontane.schemas.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.jobmaster.JobResult;

/**
 * The embedded default, at full rate and with faults, for a given time: broker, Flink, generator and training in this
 * process. Time and again something goes wrong, every kind as often as every other, in an order drawn from the seed. A
 * sample is taken every second.
 *
 * <p>Used by one thread.
 */
public final class SoakRun {

    private static final Duration SAMPLE_INTERVAL = Duration.ofSeconds(1);
    private static final int SAMPLES_A_COLLECTION = 30;
    /** Longer than any fault takes, and than the scheduler waits before it issues a group again. */
    private static final Duration LONGEST_STANDSTILL = Duration.ofMinutes(5);

    private static final long DUPLICATES_A_PARTITION = 500;

    private final TramontaneConfig config;
    private final RunDirectory directory;
    private final RunConsole console;
    private final PolicyBundle base;
    private final PolicyTokenizer tokenizer;
    private final Plan plan;
    private final Random random;

    /**
     * What is to happen.
     *
     * @param duration of the whole
     * @param every time from one fault to the next, on average
     * @param kinds of faults, at least one
     */
    public record Plan(Duration duration, Duration every, List<SoakFault> kinds) {}

    private final ProcessProbe probe = new ProcessProbe();
    private final List<Sample> samples = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final List<SoakFault> due = new ArrayList<>();
    private LocalServices services;
    private LocalGenerator generator;
    private int generators;
    private long completionsBefore;
    private long steps;
    /** By {@link #seconds()}. Steps are no measure: a policy that has learned all there is makes none. */
    private double completionAt;

    private long begin;

    /**
     * Nothing runs before {@link #run()}.
     *
     * @param base in the run's folder already
     */
    public SoakRun(
            TramontaneConfig config,
            RunDirectory directory,
            RunConsole console,
            PolicyBundle base,
            PolicyTokenizer tokenizer,
            Plan plan) {
        this.config = config;
        this.directory = directory;
        this.console = console;
        this.base = base;
        this.tokenizer = tokenizer;
        this.plan = plan;
        this.random = new Random(Identity.seed(config.run().seed(), "soak"));
    }

    /**
     * Runs for the given time.
     *
     * @throws RunFailure when the run ends before, or stands still
     */
    public SoakReport run() throws IOException, InterruptedException {
        services = LocalServices.start(config, directory);
        try {
            try (TopicAdmin topics = new TopicAdmin(services.kafka())) {
                topics.createMissing(directory.id());
            }
            JobID job = TrainingGraph.jobId(directory);
            var settings = FlinkConfiguration.of(config.flink(), directory.checkpoints());
            services.flink()
                    .submit(
                            TrainingGraph.of(config, directory, services.kafka(), settings),
                            job,
                            directory.newestSnapshot());
            CompletableFuture<JobResult> end = services.flink().result(job);
            startGenerator();
            begin = System.nanoTime();
            try (TrainingMonitor monitor =
                    new TrainingMonitor(services.kafka(), directory, System.currentTimeMillis())) {
                watch(monitor, end);
            } finally {
                generator.close();
            }
            services.flink().cancel(job);
            return new SoakReport(samples, events);
        } finally {
            services.close();
        }
    }

    private void watch(TrainingMonitor monitor, CompletableFuture<JobResult> end)
            throws IOException, InterruptedException {
        double nextFault = plan.every().toSeconds();
        double nextSample = 0;
        long completionsSampled = 0;
        double sampledAt = 0;
        while (seconds() < plan.duration().toSeconds()) {
            for (Step step : monitor.poll(generator.statistics())) {
                steps = step.getStep();
            }
            if (seconds() - completionAt > LONGEST_STANDSTILL.toSeconds()) {
                throw new RunFailure(String.format(
                        Locale.ROOT,
                        "no completion was generated since second %.0f; %s says why",
                        completionAt,
                        directory.log()));
            }
            if (end.isDone()) {
                throw new RunFailure("the job ended by itself; " + directory.log() + " says why");
            }
            services.requireHealthy();
            replaceFailedGenerator();
            if (seconds() >= nextFault) {
                nextFault += plan.every().toSeconds() * (0.75 + 0.5 * random.nextDouble());
                inject(nextKind());
            }
            if (seconds() >= nextSample) {
                nextSample = seconds() + SAMPLE_INTERVAL.toMillis() / 1e3;
                long completions = completions();
                if (completions > completionsSampled) {
                    completionAt = seconds();
                }
                double rate = (completions - completionsSampled) / Math.max(seconds() - sampledAt, 1e-3);
                completionsSampled = completions;
                sampledAt = seconds();
                sample(rate);
            }
        }
    }

    private double seconds() {
        return (System.nanoTime() - begin) / 1e9;
    }

    private void sample(double completionsASecond) throws IOException {
        if (samples.size() % SAMPLES_A_COLLECTION == 0) {
            probe.collect();
        }
        Map<Figure, Double> figures = probe.read();
        figures.put(Figure.STEPS, (double) steps);
        figures.put(Figure.COMPLETIONS, completionsASecond);
        samples.add(new Sample(seconds(), figures));
        if (samples.size() % SAMPLES_A_COLLECTION == 0) {
            console.say(
                    "soak",
                    "%.0f s, step %d, %.0f MB resident, %.0f MB heap, %.0f files, %.0f threads, %.0f arrays",
                    seconds(),
                    steps,
                    figures.get(Figure.RESIDENT),
                    figures.get(Figure.HEAP),
                    figures.get(Figure.FILES),
                    figures.get(Figure.THREADS),
                    figures.get(Figure.ARRAYS));
        }
    }

    /** Each kind once in an order of its own, then all over again. */
    private SoakFault nextKind() {
        if (due.isEmpty()) {
            due.addAll(plan.kinds());
        }
        return due.remove(random.nextInt(due.size()));
    }

    private void inject(SoakFault fault) {
        double start = seconds();
        TopicTampering topic = new TopicTampering(services.kafka(), directory.id());
        switch (fault) {
            case TASK_MANAGER_LOST -> services.flink().replaceTaskManager();
            case GENERATOR_LOST -> {
                generator.abandon();
                startGenerator();
            }
            case BROKER_RESTARTED -> services.restartBroker();
            case COMPLETIONS_DUPLICATED -> topic.deliverAgain(DUPLICATES_A_PARTITION);
            case RECORDS_CORRUPTED -> topic.writeCorrupted(events.size());
        }
        events.add(new Event(start, fault.title(), seconds() - start));
        console.say("fault", "%.0f s: %s", start, fault.title());
    }

    /** A generator that gave up is replaced, as whoever supervises processes would; that is an event too. */
    private void replaceFailedGenerator() {
        Optional<Throwable> failure = generator.failure();
        if (failure.isPresent()) {
            console.say("generator", "ended by itself: %s", failure.get());
            events.add(new Event(seconds(), "generator ended by itself", 0));
            startGenerator();
        }
    }

    private void startGenerator() {
        if (generator != null) {
            completionsBefore += completionsOfThisOne();
        }
        generators++;
        generator = LocalGenerator.start(new LocalGenerator.Parts(
                "generator-" + generators,
                directory.id(),
                config.run().seed(),
                services.kafka(),
                config.weights(),
                config.prompts(),
                config.generation(),
                base,
                tokenizer,
                new UnregisteredMetricsGroup()));
    }

    private long completions() {
        return completionsBefore + completionsOfThisOne();
    }

    private long completionsOfThisOne() {
        return generator.statistics().map(GeneratorStatistics::completions).orElse(0L);
    }
}
