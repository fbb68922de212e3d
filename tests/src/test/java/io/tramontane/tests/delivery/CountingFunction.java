package io.tramontane.tests.delivery;

import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.Step;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Numbers the outcomes of a group in keyed state and fails once, at one of them. */
final class CountingFunction extends KeyedProcessFunction<String, Outcome, Step> {

    private static final long serialVersionUID = 1L;

    private final long failAt;
    private transient ValueState<Long> count;

    CountingFunction(long failAt) {
        this.failAt = failAt;
    }

    @Override
    public void open(OpenContext context) {
        count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
    }

    @Override
    public void processElement(Outcome outcome, Context context, Collector<Step> out) throws Exception {
        if (outcome.getAt() == failAt) {
            FailOnce.now();
        }
        long next = count.value() == null ? 1 : count.value() + 1;
        count.update(next);
        out.collect(Step.newBuilder()
                .setRunId(outcome.getRunId())
                .setStep(outcome.getAt())
                .setIncarnation(1)
                .setGroupIds(List.of(outcome.getGroupId()))
                .setAdvantageMean(0)
                .setAdvantageStd(0)
                .setLoss(0)
                .setCompletionTokens(next)
                .setMetrics(Map.of())
                .setWeightsHash("")
                .setFinishedAt(0)
                .build());
    }
}
