package io.tramontane.jobs.page.pipeline;

import io.tramontane.jobs.page.curves.StepLog;
import io.tramontane.jobs.page.diagnosis.Cause.Severity;
import io.tramontane.jobs.page.diagnosis.Diagnosis;
import io.tramontane.jobs.page.diagnosis.Endings;
import io.tramontane.jobs.page.diagnosis.PipelineFigures;
import io.tramontane.jobs.page.diagnosis.PipelineFigures.Generation;
import io.tramontane.jobs.page.diagnosis.PipelineFigures.Scoring;
import io.tramontane.jobs.page.diagnosis.PipelineFigures.Training;
import io.tramontane.jobs.page.diagnosis.VerifierQueue;
import io.tramontane.jobs.page.facts.RunFacts;
import io.tramontane.kafka.backlog.RunBacklog;
import io.tramontane.pipeline.PipelinePart;
import io.tramontane.pipeline.figures.StepFigure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Looks at a run's pipeline again and again, at its topics and at Flink, and keeps what the page shows. One thread
 * looks; any may ask for the view.
 */
public final class PipelineWatch implements AutoCloseable {

    private static final OperatorLoad UNKNOWN = new OperatorLoad(Double.NaN, Double.NaN, Double.NaN, Map.of());
    private static final int STEPS_FOR_BUSY_SHARE = 8;
    private static final long UNTIL_IT_COUNTS_AS_SILENT_SECONDS = 4;

    private static final Duration WHILE_IT_FLOWS = Duration.ofSeconds(2);
    private static final Duration WHILE_IT_DOES_NOT = Duration.ofSeconds(1);
    private static final Duration BEFORE_ANOTHER_TRY = Duration.ofMillis(200);

    private static final long LOAD_SUFFICES_NANOS = 6_000_000_000L;
    private static final long LOAD_LASTS_NANOS = 15_000_000_000L;
    private static final long UNTIL_FLINK_KNOWS_MILLIS = 300;

    private final RunFacts run;
    private final StepLog steps;
    private final TopicWatch topics;
    private final StragglerSearch stragglers;
    private final Optional<FlinkObserver> flink;

    private final Rate completionRate = new Rate();
    private final Rate promptRate = new Rate();
    private final Rate groupRate = new Rate();
    private final Rate stepRate = new Rate();
    private final Silence withoutCompletion = new Silence();
    private final Silence withoutScore = new Silence();
    private final Silence withoutStep = new Silence();
    private double secondsWithoutScore;
    private long completionsBefore = Long.MAX_VALUE;
    private long groupsBefore = Long.MAX_VALUE;
    private Optional<FlinkLoad> lastLoad = Optional.empty();
    private long lastLoadAtNanos = System.nanoTime() - LOAD_LASTS_NANOS;
    private volatile PipelineView view = PipelineView.NONE;

    public PipelineWatch(RunFacts run, StepLog steps) {
        this.run = run;
        this.steps = steps;
        this.topics = new TopicWatch(run.kafka(), run.runId());
        this.stragglers = new StragglerSearch(run.kafka(), run.runId());
        this.flink = run.flink().map(address -> new FlinkObserver(address, run.runId()));
    }

    /** As of the last look. */
    public PipelineView view() {
        return view;
    }

    /**
     * Looks once; takes some seconds when brokers or Flink do not answer. The run pays for every look, so one in which
     * all goes on as it should is looked at less often.
     *
     * @return when to look again
     */
    public Duration look() throws InterruptedException {
        Optional<RunBacklog> backlog = topics.look();
        if (backlog.isEmpty()) {
            // A single late answer is no outage.
            if (topics.silentSeconds() > UNTIL_IT_COUNTS_AS_SILENT_SECONDS) {
                silent();
            }
            return BEFORE_ANOTHER_TRY;
        }
        boolean flows = flows(backlog.get());
        boolean fresh = askFlink(flows);
        Optional<FlinkLoad> load = lastLoad;
        long nanos = System.nanoTime();
        long now = System.currentTimeMillis();
        Endings recent = topics.groups().recent(now);
        PipelineFigures figures = figures(backlog.get(), load, fresh, recent, nanos, now);
        view = new PipelineView(
                now, Diagnosis.of(figures), parts(backlog.get(), load, figures, nanos), recent, load.isPresent());
        return flows ? WHILE_IT_FLOWS : WHILE_IT_DOES_NOT;
    }

    /** Whether completions have come and groups have ended since the last look, and nothing was amiss at it. */
    private boolean flows(RunBacklog backlog) {
        boolean grown = backlog.completions() > completionsBefore && backlog.groups() > groupsBefore;
        completionsBefore = backlog.completions();
        groupsBefore = backlog.groups();
        return grown
                && !view.findings().isEmpty()
                && view.findings().get(0).cause().severity().compareTo(Severity.SLOWEST) >= 0;
    }

    /**
     * Asks Flink unless all flows and it has been asked recently. When Flink answers late, its last answer stays.
     *
     * @return whether there is something new
     */
    private boolean askFlink(boolean flows) throws InterruptedException {
        if (flink.isEmpty() || flows && System.nanoTime() - lastLoadAtNanos < LOAD_SUFFICES_NANOS) {
            return false;
        }
        Optional<FlinkLoad> answer = flink.get().read();
        if (answer.isPresent() && System.nanoTime() - lastLoadAtNanos > LOAD_SUFFICES_NANOS / 2) {
            // That was what it knew; only then does it get what is new from its TaskManagers.
            Thread.sleep(UNTIL_FLINK_KNOWS_MILLIS);
            answer = flink.get().read();
        }
        if (answer.isPresent()) {
            lastLoad = answer;
            lastLoadAtNanos = System.nanoTime();
        } else if (System.nanoTime() - lastLoadAtNanos > LOAD_LASTS_NANOS) {
            lastLoad = Optional.empty();
        }
        return answer.isPresent();
    }

    private void silent() {
        PipelineFigures figures = new PipelineFigures(
                topics.silentSeconds(),
                Optional.empty(),
                Generation.UNKNOWN,
                Scoring.UNKNOWN,
                Optional.empty(),
                Endings.NONE,
                new Training(OptionalLong.empty(), Double.NaN, 0, steps.newest(), run.steps()));
        view = new PipelineView(
                System.currentTimeMillis(), Diagnosis.of(figures), view.parts(), view.recent(), view.flink());
    }

    private PipelineFigures figures(
            RunBacklog backlog, Optional<FlinkLoad> load, boolean fresh, Endings recent, long nanos, long now) {
        OperatorLoad scoring = load(load, PipelinePart.SCORING);
        double taken = scoring.figure("numRecordsIn");
        double passedOn = scoring.figure("numRecordsOut");
        double waiting = load(load, PipelinePart.TRAINER).figure("waitingMicroBatches");
        if (fresh) {
            secondsWithoutScore = Double.isNaN(passedOn) ? 0 : withoutScore.look(passedOn, nanos);
        }
        var generation = new Generation(
                backlog.generators(),
                open(backlog),
                withoutCompletion.look(backlog.completions(), nanos),
                completionRate.look(backlog.completions(), nanos));
        var graded = new Scoring(
                backlog.completionsUnread().orElse(0),
                verifiers(scoring),
                Double.isNaN(taken) || Double.isNaN(passedOn)
                        ? OptionalLong.empty()
                        : OptionalLong.of((long) Math.max(0, taken - passedOn)),
                secondsWithoutScore);
        var training = new Training(
                Double.isNaN(waiting) ? OptionalLong.empty() : OptionalLong.of((long) waiting),
                steps.busyShare(STEPS_FOR_BUSY_SHARE, StepFigure.STEP_SECONDS.key(), waiting == 0 ? now : 0),
                withoutStep.look(steps.newest(), nanos),
                steps.newest(),
                run.steps());
        return new PipelineFigures(
                0,
                load.map(FlinkLoad::state),
                generation,
                graded,
                stragglers.look(topics.groups(), now),
                recent,
                training);
    }

    private long open(RunBacklog backlog) {
        return Math.min(backlog.promptsOpen(), topics.groups().unanswered(backlog.completions()));
    }

    private static List<VerifierQueue> verifiers(OperatorLoad scoring) {
        List<VerifierQueue> queues = new ArrayList<>();
        scoring.figures().forEach((name, waiting) -> {
            if (name.startsWith("pool.") && name.endsWith(".waiting")) {
                String pool = name.substring("pool.".length(), name.length() - ".waiting".length());
                double overdue = scoring.figure("pool." + pool + ".overdueThreads");
                queues.add(new VerifierQueue(
                        pool,
                        waiting.longValue(),
                        Double.isNaN(overdue) ? 0 : (long) overdue,
                        scoring.figure("pool." + pool + ".oldestSeconds")));
            }
        });
        return queues;
    }

    private static OperatorLoad load(Optional<FlinkLoad> load, PipelinePart part) {
        return load.flatMap(known ->
                        part.operator().map(operator -> known.operators().get(operator.title())))
                .orElse(UNKNOWN);
    }

    private List<PartView> parts(RunBacklog backlog, Optional<FlinkLoad> load, PipelineFigures figures, long nanos) {
        return Stream.of(PipelinePart.values())
                .map(part -> switch (part) {
                    case PROMPTS -> outside(part, promptRate.look(backlog.prompts(), nanos), open(backlog));
                    case GENERATORS ->
                        outside(part, figures.generation().completionsPerSecond(), known(backlog.generators()));
                    case COMPLETIONS ->
                        outside(part, figures.generation().completionsPerSecond(), known(backlog.completionsUnread()));
                    case SCORING -> operator(part, load, heldByScoring(figures));
                    case TRAINER -> trainer(load, figures, nanos);
                    case WEIGHTS ->
                        outside(
                                part,
                                Double.NaN,
                                topics.weights()
                                        .map(weights -> (double) weights.getVersion())
                                        .orElse(Double.NaN));
                    case SCHEDULER ->
                        outside(
                                part,
                                groupRate.look(backlog.groups(), nanos),
                                topics.groups().count());
                    default -> operator(part, load, load(load, part).figure(part.gauges()));
                })
                .toList();
    }

    private static double heldByScoring(PipelineFigures figures) {
        return figures.scoring().held().isPresent()
                ? figures.scoring().held().getAsLong()
                : figures.scoring().verifiers().stream()
                        .mapToDouble(VerifierQueue::waiting)
                        .sum();
    }

    private PartView trainer(Optional<FlinkLoad> load, PipelineFigures figures, long nanos) {
        return view(
                PipelinePart.TRAINER,
                60 * stepRate.look(figures.training().step(), nanos),
                known(figures.training().waitingMicroBatches()),
                figures.training().busyShare(),
                load(load, PipelinePart.TRAINER).backpressured());
    }

    private static PartView outside(PipelinePart part, double rate, double queue) {
        return view(part, rate, queue, Double.NaN, Double.NaN);
    }

    private static PartView operator(PipelinePart part, Optional<FlinkLoad> load, double queue) {
        OperatorLoad operator = load(load, part);
        return view(part, operator.in(), queue, operator.busy(), operator.backpressured());
    }

    private static PartView view(PipelinePart part, double rate, double queue, double busy, double backpressured) {
        return new PartView(part.id(), rate, part.rateUnit(), queue, part.queueUnit(), busy, backpressured);
    }

    private static double known(OptionalInt count) {
        return count.isPresent() ? count.getAsInt() : Double.NaN;
    }

    private static double known(OptionalLong count) {
        return count.isPresent() ? count.getAsLong() : Double.NaN;
    }

    @Override
    public void close() {
        topics.close();
    }
}
