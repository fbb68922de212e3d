package io.tramontane.pipeline.scheduling;

import io.tramontane.pipeline.PromptRequest;
import io.tramontane.pipeline.metrics.OperatorMetrics;
import io.tramontane.pipeline.metrics.PipelineCatalogue;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.Prompt;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Runs a {@link PromptSchedule} on the outcomes of a run (first input), keyed by run id. One element on the second
 * input sets it going; later it is moved by outcomes, by requests for missing samples and the progress of a curriculum
 * on the second input, and by a timer, all of which survive a restore, and another kick does no harm.
 */
public final class PromptSchedulerFunction extends KeyedCoProcessFunction<String, Outcome, PromptRequest, Prompt> {

    private static final long serialVersionUID = 1L;

    private final RunPlan plan;
    private final SchedulingSettings settings;
    private final ProblemSource problems;
    private transient ValueState<ScheduleState> state;
    private transient ValueState<Long> timer;
    private transient PromptSchedule schedule;
    private transient Counter issued;
    private transient Counter reissued;

    public PromptSchedulerFunction(RunPlan plan, SchedulingSettings settings, ProblemSource problems) {
        this.plan = plan;
        this.settings = settings;
        this.problems = problems;
    }

    @Override
    public void open(OpenContext context) {
        state = getRuntimeContext()
                .getState(new ValueStateDescriptor<>("schedule", TypeInformation.of(ScheduleState.class)));
        timer = getRuntimeContext()
                .getState(new ValueStateDescriptor<>("reissue-timer", TypeInformation.of(Long.class)));
        OperatorMetrics metrics = new OperatorMetrics(getRuntimeContext().getMetricGroup());
        metrics.gauge(PipelineCatalogue.GROUPS_IN_FLIGHT, () -> schedule == null ? 0 : schedule.inFlight());
        metrics.gauge(PipelineCatalogue.CREDITS, () -> schedule == null ? 0 : schedule.credits());
        metrics.gauge(PipelineCatalogue.STAGE, () -> schedule == null ? 0 : schedule.stage());
        issued = metrics.counter(PipelineCatalogue.ISSUED_GROUPS);
        reissued = metrics.counter(PipelineCatalogue.REISSUED_GROUPS);
    }

    @Override
    public void processElement1(Outcome outcome, Context context, Collector<Prompt> out) throws Exception {
        if (plan.runId().equals(outcome.getRunId()) && schedule().ended(outcome)) {
            issue(context.timerService(), out);
        }
    }

    @Override
    public void processElement2(PromptRequest request, Context context, Collector<Prompt> out) throws Exception {
        if (!plan.runId().equals(request.runId())) {
            return;
        }
        long now = context.timerService().currentProcessingTime();
        if (request.progress() != null) {
            schedule().progressed(request.progress());
        } else if (request.isBegin()) {
            // A fork begins with groups that its parent had in flight.
            schedule().reissue(now).forEach(out::collect);
        } else {
            schedule().reissue(request.groupId(), request.samples(), now).ifPresent(prompt -> {
                reissued.inc();
                out.collect(prompt);
            });
        }
        issue(context.timerService(), out);
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Prompt> out) throws Exception {
        timer.clear();
        List<Prompt> again = schedule().reissue(time);
        reissued.inc(again.size());
        again.forEach(out::collect);
        issue(context.timerService(), out);
    }

    /** The one schedule of the run; the heap copy is always what the state holds. */
    private PromptSchedule schedule() throws Exception {
        if (schedule == null) {
            ScheduleState stored = state.value();
            schedule = new PromptSchedule(plan, settings, problems, stored == null ? plan.beginning() : stored);
        }
        return schedule;
    }

    private void issue(TimerService timers, Collector<Prompt> out) throws Exception {
        List<Prompt> prompts = schedule().issue(timers.currentProcessingTime());
        issued.inc(prompts.size());
        prompts.forEach(out::collect);
        state.update(schedule().state());
        if (timer.value() == null && schedule().nextReissue().isPresent()) {
            long due = schedule().nextReissue().getAsLong();
            timers.registerProcessingTimeTimer(due);
            timer.update(due);
        }
    }
}
