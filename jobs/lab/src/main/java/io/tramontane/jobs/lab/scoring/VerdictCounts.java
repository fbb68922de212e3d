package io.tramontane.jobs.lab.scoring;

import io.tramontane.schemas.RewardComponent;
import io.tramontane.schemas.ScoredCompletion;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/** Counts completions and the verdicts of each of their components in accumulators of the job; passes nothing on. */
final class VerdictCounts extends RichFlatMapFunction<ScoredCompletion, Long> {

    private static final long serialVersionUID = 1L;

    /** Accumulator of all completions. */
    static final String COMPLETIONS = "completions";

    /** Accumulator of one verdict of one component. */
    static String accumulator(String component, String verdict) {
        return component + " " + verdict;
    }

    @Override
    public void flatMap(ScoredCompletion scored, Collector<Long> nothing) {
        getRuntimeContext().getLongCounter(COMPLETIONS).add(1L);
        for (RewardComponent component : scored.getComponents()) {
            getRuntimeContext()
                    .getLongCounter(accumulator(
                            component.getName(), component.getVerdict().name()))
                    .add(1L);
        }
    }
}
