package io.tramontane.jobs.lab.scoring;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;

/**
 * Counts what passes. One in front of an operator and one behind it, in the same task, say together how many elements
 * the operator held at each checkpoint of a job in this process.
 *
 * @param <T> what passes
 */
final class InFlightProbe<T> extends RichMapFunction<T, T> implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    private static final Map<String, Map<Long, Long>> BY_JOB = new ConcurrentHashMap<>();

    private final String job;
    private final int sign;
    private transient long passed;

    private InFlightProbe(String job, int sign) {
        this.job = job;
        this.sign = sign;
    }

    /** In front of the operator. */
    static <T> InFlightProbe<T> before(String job) {
        return new InFlightProbe<>(job, 1);
    }

    /** Behind it. */
    static <T> InFlightProbe<T> behind(String job) {
        return new InFlightProbe<>(job, -1);
    }

    /** Elements that the operator of a job held, by the number of the checkpoint. */
    static Map<Long, Long> heldBy(String job) {
        return BY_JOB.getOrDefault(job, Map.of());
    }

    @Override
    public T map(T element) {
        passed++;
        return element;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) {
        BY_JOB.putIfAbsent(job, new ConcurrentHashMap<>());
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
        BY_JOB.get(job).merge(context.getCheckpointId(), sign * passed, Long::sum);
    }
}
