package io.tramontane.pipeline.advantage;

import io.tramontane.pipeline.Outcomes;
import io.tramontane.pipeline.SideOutputs;
import io.tramontane.pipeline.metrics.DropMetrics;
import io.tramontane.pipeline.metrics.OperatorMetrics;
import io.tramontane.pipeline.metrics.PipelineCatalogue;
import io.tramontane.schemas.DropReason;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Gives finished groups their advantages and final fate. Every group goes on, whatever its fate; those that end here
 * also get their one group outcome. Stateless.
 */
public final class AdvantageFunction extends ProcessFunction<Group, Group> {

    private static final long serialVersionUID = 1L;

    private final AdvantageSettings settings;
    private transient GroupAdvantage advantage;
    private transient Map<GroupFate, Counter> groupsByFate;
    private transient DropMetrics drops;

    public AdvantageFunction(AdvantageSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        advantage = new GroupAdvantage(settings);
        OperatorMetrics metrics = new OperatorMetrics(getRuntimeContext().getMetricGroup());
        groupsByFate = new EnumMap<>(GroupFate.class);
        for (GroupFate fate : GroupFate.values()) {
            groupsByFate.put(fate, metrics.counter(PipelineCatalogue.GROUPS, fate.name()));
        }
        drops = new DropMetrics(metrics, DropReason.STALE, DropReason.ZERO_VARIANCE, DropReason.INCOMPLETE);
    }

    @Override
    public void processElement(Group finished, Context context, Collector<Group> out) {
        Group group = advantage.apply(finished);
        groupsByFate.get(group.getFate()).inc();
        if (group.getFate() != GroupFate.TRAINABLE) {
            DropReason reason = Outcomes.reasonOf(group.getFate());
            drops.count(reason, group.getCompletions().size());
            context.output(
                    SideOutputs.OUTCOMES,
                    Outcomes.dropped(group, reason, context.timerService().currentProcessingTime()));
        }
        out.collect(group);
    }
}
