package io.tramontane.pipeline.scoring;

import io.tramontane.pipeline.metrics.OperatorMetrics;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.composition.RewardFunction;
import io.tramontane.rewards.composition.ScoreCard;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.ScoredCompletion;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamElement;
import org.apache.flink.streaming.runtime.streamrecord.StreamElementSerializer;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Grades completions beside the stream. Whatever a verifier does, the completion comes out with a verdict of every
 * component that was asked and the job goes on: what takes too long has the verdict TIMEOUT, what fails CRASHED, and
 * both add nothing to the reward. Results come out as they are ready, in any order.
 *
 * <p>In-flight completions are state and graded again on restore.
 *
 * <p>An operator rather than a function of Flink's async I/O, which spends a timer, a lock and a mail to the task's
 * thread on each element: several times what grading one costs when the verifiers are quick. Here the verifiers'
 * threads put what they have graded into a queue, and one mail takes out all that is in it. State is as async I/O wrote
 * it.
 */
final class ScoringOperator extends AbstractStreamOperator<ScoredCompletion>
        implements OneInputStreamOperator<Completion, ScoredCompletion>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    /** As Flink's async I/O calls it. */
    private static final String IN_FLIGHT = "_async_wait_operator_state_";

    private final transient ScorerFactory factory;
    private final transient ScoringSettings settings;
    private final transient MailboxExecutor mailbox;

    private transient RewardFunction rewards;
    private transient VerifierPools pools;
    private transient VerifierMetrics metrics;
    private transient ListState<StreamElement> state;

    /** The one that came first, and so runs out of patience first, in front. Only the task's thread touches it. */
    private transient Set<InFlight> inFlight;

    /** Graded and not yet emitted; filled by the verifiers' threads. */
    private transient Queue<InFlight> graded;
    /** Whether a mail is under way that empties the queue. */
    private transient AtomicBoolean announced;

    private transient boolean timerSet;

    ScoringOperator(
            StreamOperatorParameters<ScoredCompletion> parameters, ScorerFactory factory, ScoringSettings settings) {
        super(parameters);
        this.factory = factory;
        this.settings = settings;
        mailbox = parameters.getMailboxExecutor();
    }

    private static final class InFlight {
        private final StreamRecord<Completion> element;
        private final CompletionGrading grading;
        private final long due;
        /** Written before the queue takes this, read after. */
        private ScoreCard card;

        private Throwable failure;

        private InFlight(StreamRecord<Completion> element, CompletionGrading grading, long due) {
            this.element = element;
            this.grading = grading;
            this.due = due;
        }
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        TypeSerializer<Completion> completions = getOperatorConfig().getTypeSerializerIn(0, getUserCodeClassloader());
        state = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>(IN_FLIGHT, new StreamElementSerializer<>(completions)));
    }

    @Override
    public void open() throws Exception {
        super.open();
        rewards = factory.create();
        int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        pools = new VerifierPools("scoring-" + subtask + "-", settings, rewards);
        inFlight = new LinkedHashSet<>();
        metrics = new VerifierMetrics(new OperatorMetrics(getMetricGroup()), pools, inFlight::size);
        graded = new ConcurrentLinkedQueue<>();
        announced = new AtomicBoolean();
        for (StreamElement restored : state.get()) {
            grade(restored.asRecord());
        }
    }

    @Override
    public void processElement(StreamRecord<Completion> element) throws Exception {
        awaitFewerThan(settings.capacity());
        // A copy: with object reuse, the same element comes again with the next completion in it.
        grade(element.copy(element.getValue()));
    }

    private void awaitFewerThan(int completions) throws InterruptedException {
        while (inFlight.size() >= completions) {
            mailbox.yield();
        }
    }

    private void grade(StreamRecord<Completion> element) {
        long due = getProcessingTimeService().getCurrentProcessingTime()
                + settings.patience().toMillis();
        var grading = new CompletionGrading(rewards, RewardRequest.of(element.getValue()), pools, metrics);
        var waiting = new InFlight(element, grading, due);
        inFlight.add(waiting);
        setTimer(due);
        grading.start().whenComplete((card, failure) -> {
            waiting.card = card;
            waiting.failure = failure;
            graded.add(waiting);
            announce();
        });
    }

    private void announce() {
        if (!announced.get() && announced.compareAndSet(false, true)) {
            mailbox.execute(this::emitGraded, "emit graded completions");
        }
    }

    private void emitGraded() {
        announced.set(false);
        for (InFlight next = graded.poll(); next != null; next = graded.poll()) {
            inFlight.remove(next);
            emit(next);
            if (mailbox.shouldInterrupt() && !graded.isEmpty()) {
                // A barrier, say, or a timer: it has its turn now, and what is left the next.
                announce();
                return;
            }
        }
    }

    private void emit(InFlight done) {
        if (done.failure != null) {
            throw new IllegalStateException("grading never fails", done.failure);
        }
        Completion completion = done.element.getValue();
        output.collect(done.element.replace(
                new ScoredCompletion(completion, done.card.reward(), done.card.components(), 0.0)));
    }

    /** For one completion; those behind it have their turn when the timer goes off. */
    private void setTimer(long due) {
        if (!timerSet) {
            timerSet = true;
            getProcessingTimeService().registerTimer(due, this::giveUpOverdue);
        }
    }

    /** The gradings end with what has been said, which puts them into the queue. */
    private void giveUpOverdue(long time) {
        timerSet = false;
        for (InFlight next : inFlight) {
            if (next.due > time) {
                setTimer(next.due);
                return;
            }
            next.grading.giveUp("not graded within " + settings.patience().toMillis() + " ms, waiting included");
        }
    }

    /** No result falls behind a watermark that its completion came before. */
    @Override
    public void processWatermark(Watermark watermark) throws Exception {
        awaitFewerThan(1);
        super.processWatermark(watermark);
    }

    @Override
    public void endInput() throws Exception {
        awaitFewerThan(1);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        List<StreamElement> elements = new ArrayList<>(inFlight.size());
        inFlight.forEach(waiting -> elements.add(waiting.element));
        state.update(elements);
    }

    @Override
    public void close() throws Exception {
        try {
            if (pools != null) {
                pools.close();
            }
            if (rewards != null) {
                rewards.close();
            }
        } finally {
            super.close();
        }
    }
}
