package io.tramontane.jobs.lab.soak;

import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.lab.faults.TopicTampering;
import io.tramontane.jobs.lab.soak.SoakReport.Event;
import io.tramontane.jobs.run.console.RunConsole;
import io.tramontane.jobs.run.local.EndlessRun;
import io.tramontane.schemas.Identity;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

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

    private final EndlessRun.Parts parts;
    private final RunConsole console;
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
    private EndlessRun run;
    /** By {@link #seconds()}. Steps are no measure: a policy that has learned all there is makes none. */
    private double completionAt;

    private long begin;

    /** Nothing runs before {@link #run()}. */
    public SoakRun(EndlessRun.Parts parts, RunConsole console, Plan plan) {
        this.parts = parts;
        this.console = console;
        this.plan = plan;
        this.random = new Random(Identity.seed(parts.config().run().seed(), "soak"));
    }

    /**
     * Runs for the given time.
     *
     * @throws RunFailure when the run ends before, or stands still
     */
    public SoakReport run() throws IOException {
        try (EndlessRun started = EndlessRun.start(parts)) {
            run = started;
            begin = System.nanoTime();
            watch();
            return new SoakReport(samples, events);
        }
    }

    private void watch() throws IOException {
        double nextFault = plan.every().toSeconds();
        double nextSample = 0;
        long completionsSampled = 0;
        double sampledAt = 0;
        while (seconds() < plan.duration().toSeconds()) {
            run.follow();
            if (seconds() - completionAt > LONGEST_STANDSTILL.toSeconds()) {
                throw new RunFailure(String.format(
                        Locale.ROOT,
                        "no completion was generated since second %.0f; %s says why",
                        completionAt,
                        parts.directory().log()));
            }
            noteFailedGenerator();
            if (seconds() >= nextFault) {
                nextFault += plan.every().toSeconds() * (0.75 + 0.5 * random.nextDouble());
                inject(nextKind());
            }
            if (seconds() >= nextSample) {
                nextSample = seconds() + SAMPLE_INTERVAL.toMillis() / 1e3;
                long completions = run.completions();
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
        Map<SoakFigure, Double> figures = probe.read();
        figures.put(SoakFigure.STEPS, (double) run.steps());
        figures.put(SoakFigure.COMPLETIONS, completionsASecond);
        samples.add(new Sample(seconds(), figures));
        if (samples.size() % SAMPLES_A_COLLECTION == 0) {
            console.say(
                    "soak",
                    "%.0f s, step %d, %.0f MB resident, %.0f MB heap, %.0f files, %.0f threads, %.0f arrays",
                    seconds(),
                    run.steps(),
                    figures.get(SoakFigure.RESIDENT),
                    figures.get(SoakFigure.HEAP),
                    figures.get(SoakFigure.FILES),
                    figures.get(SoakFigure.THREADS),
                    figures.get(SoakFigure.ARRAYS));
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
        TopicTampering topic = new TopicTampering(run.kafka(), parts.directory().id());
        switch (fault) {
            case TASK_MANAGER_LOST -> run.replaceTaskManager();
            case GENERATOR_LOST -> run.crashGenerator();
            case BROKER_RESTARTED -> run.restartBroker();
            case COMPLETIONS_DUPLICATED -> topic.deliverAgain(DUPLICATES_A_PARTITION);
            case RECORDS_CORRUPTED -> topic.writeCorrupted(events.size());
        }
        events.add(new Event(start, fault.title(), seconds() - start));
        console.say("fault", "%.0f s: %s", start, fault.title());
    }

    /** A generator that gave up is an event too. */
    private void noteFailedGenerator() {
        run.replaceFailedGenerator().ifPresent(failure -> {
            console.say("generator", "ended by itself: %s", failure);
            events.add(new Event(seconds(), "generator ended by itself", 0));
        });
    }
}
