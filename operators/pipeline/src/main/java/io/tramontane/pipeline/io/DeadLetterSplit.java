package io.tramontane.pipeline.io;

import io.tramontane.pipeline.SideOutputs;
import io.tramontane.pipeline.metrics.OperatorMetrics;
import io.tramontane.pipeline.metrics.PipelineCatalogue;
import io.tramontane.schemas.DeadLetter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;

/** Passes values on and sends dead letters to {@link SideOutputs#DEAD_LETTERS}. */
public final class DeadLetterSplit<T> extends ProcessFunction<Either<T, DeadLetter>, T> {

    private static final long serialVersionUID = 1L;

    private transient Counter malformed;

    @Override
    public void open(OpenContext context) {
        malformed =
                new OperatorMetrics(getRuntimeContext().getMetricGroup()).counter(PipelineCatalogue.MALFORMED_RECORDS);
    }

    @Override
    public void processElement(Either<T, DeadLetter> read, Context context, Collector<T> out) {
        if (read.isLeft()) {
            out.collect(read.left());
        } else {
            malformed.inc();
            context.output(SideOutputs.DEAD_LETTERS, read.right());
        }
    }
}
