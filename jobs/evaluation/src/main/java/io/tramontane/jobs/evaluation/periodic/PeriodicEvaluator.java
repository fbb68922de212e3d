package io.tramontane.jobs.evaluation.periodic;

import io.tramontane.jobs.data.dataset.Problem;
import io.tramontane.jobs.data.dataset.ProblemSet;
import io.tramontane.jobs.evaluation.Evaluation;
import io.tramontane.jobs.evaluation.EvaluationSettings;
import io.tramontane.jobs.evaluation.Evaluator;
import io.tramontane.jobs.evaluation.periodic.DueWeights.Chosen;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.records.StartAt;
import io.tramontane.kafka.records.TopicTail;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.kafka.weights.WeightsPayload;
import io.tramontane.kafka.weights.WeightsSubscriber;
import io.tramontane.kafka.weights.WeightsTransportSettings;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.Weights;
import io.tramontane.policy.tokenizer.PolicyTokenizer;
import io.tramontane.rewards.composition.RewardFunction;
import io.tramontane.rewards.composition.RewardSettings;
import io.tramontane.schemas.Identity;
import io.tramontane.schemas.Step;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures the policy of a run while it is trained, as another reader of its topics: it follows the published weights
 * as a generator does and the committed steps, and touches nothing that training waits for.
 *
 * <p>{@link #run()} belongs to one thread; {@link #stop()} may be called by any. The completions of a step depend on
 * the run's seed, the step, the problem and the sample only.
 */
public final class PeriodicEvaluator {

    private static final Logger LOG = LoggerFactory.getLogger(PeriodicEvaluator.class);
    private static final Duration POLL = Duration.ofMillis(200);
    /** How long the weights of the last step may take after it was committed. */
    private static final Duration LAST_WEIGHTS = Duration.ofSeconds(30);

    /**
     * What it is given.
     *
     * @param seed the run's
     * @param maximumSteps step after which the run ends
     * @param settings its {@link EvaluationSettings#periodic()} says how often and how much
     * @param heldOut problems to draw from
     */
    public record Parts(
            String runId,
            long seed,
            long maximumSteps,
            KafkaSettings kafka,
            WeightsTransportSettings weights,
            RewardSettings reward,
            EvaluationSettings settings,
            ProblemSet heldOut,
            PolicyConfig policy,
            PolicyTokenizer tokenizer) {}

    private final Parts parts;
    private final EvaluationLog log;
    private final Consumer<PeriodicEvaluation> listener;
    private final Clock clock;
    private final ProblemSet problems;
    private volatile boolean stopped;

    /**
     * @param log goes on behind what is in it
     * @param listener called after every evaluation, by the thread of {@link #run()}
     */
    public PeriodicEvaluator(Parts parts, EvaluationLog log, Consumer<PeriodicEvaluation> listener, Clock clock) {
        this.parts = parts;
        this.log = log;
        this.listener = listener;
        this.clock = clock;
        this.problems =
                drawn(parts.heldOut(), parts.settings().periodic().problems(), Identity.seed(parts.seed(), "periodic"));
    }

    /** So many of the problems, or all if there are fewer; a prefix of a file might hold its easiest only. */
    static ProblemSet drawn(ProblemSet from, int count, long seed) {
        List<Problem> shuffled = new ArrayList<>(from.problems());
        Collections.shuffle(shuffled, new Random(seed));
        return new ProblemSet(shuffled.subList(0, Math.min(count, shuffled.size())));
    }

    /** Asks {@link #run()} to end as soon as it can. */
    public void stop() {
        stopped = true;
    }

    /**
     * Measures until the run's last step is dealt with, or until {@link #stop()}.
     *
     * @throws IllegalStateException when the weights can no longer be received
     */
    public void run() throws InterruptedException {
        var due = new DueWeights<WeightsPayload>(parts.settings().periodic().everySteps(), log.lastStep());
        try (TopicTail<Step> steps =
                        new TopicTail<>(parts.kafka(), Topic.STEPS, parts.runId(), Step.class, StartAt.BEGINNING);
                WeightsSubscriber subscriber = new WeightsSubscriber(parts.kafka(), parts.runId(), parts.weights());
                RewardFunction rewards = new RewardFunction(parts.reward())) {
            long lastNews = System.nanoTime();
            while (!stopped && !finished(due, lastNews)) {
                var published = subscriber.newest(POLL);
                published.ifPresent(
                        received -> due.published(received.version(), received.weightsHash(), received.payload()));
                List<Step> committed = steps.poll(Duration.ZERO);
                committed.forEach(step -> due.committed(step.getStep(), step.getWeightsHash()));
                Optional<Chosen<WeightsPayload>> chosen = due.next();
                if (chosen.isPresent()) {
                    measure(chosen.get(), rewards);
                }
                if (published.isPresent() || !committed.isEmpty()) {
                    lastNews = System.nanoTime();
                }
            }
        } catch (CancellationException asked) {
            LOG.info("The evaluation in progress was given up: {}", asked.getMessage());
        }
    }

    private boolean finished(DueWeights<WeightsPayload> due, long lastNews) {
        return due.newestCommitted() >= parts.maximumSteps()
                && (due.due() > parts.maximumSteps() || System.nanoTime() - lastNews > LAST_WEIGHTS.toNanos());
    }

    private void measure(Chosen<WeightsPayload> chosen, RewardFunction rewards) {
        long step = chosen.version().version();
        if (chosen.standsIn()) {
            LOG.info(
                    "Evaluation of step {} is skipped, its weights were superseded before they could be measured:"
                            + " those of step {}, the newest, stand in",
                    chosen.due(),
                    step);
        }
        var settings = parts.settings().ofPeriodic();
        var share = new ProcessorShare(settings.periodic().processorShare(), () -> stopped, LockSupport::parkNanos);
        var evaluator = new Evaluator(
                settings,
                problems,
                parts.tokenizer(),
                rewards,
                Identity.seed(parts.seed(), "evaluation/step/" + step),
                share);
        long start = System.nanoTime();
        Weights weights =
                Weights.fromBytes(parts.policy().tensors(), chosen.weights().data());
        Evaluation evaluation = evaluator.evaluate(parts.policy(), weights, (graded, of) -> {});
        var measured = new PeriodicEvaluation(
                step,
                chosen.due(),
                weights.sha256(),
                clock.millis(),
                (System.nanoTime() - start) / 1e9,
                share.computedNanos() / 1e9,
                evaluation);
        log.add(measured);
        listener.accept(measured);
    }
}
