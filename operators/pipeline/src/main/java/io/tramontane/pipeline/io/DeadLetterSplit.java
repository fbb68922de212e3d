package io.tramontane.pipeline.io;

import io.tramontane.pipeline.SideOutputs;
import io.tramontane.schemas.DeadLetter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;

/** Passes values on and sends dead letters to {@link SideOutputs#DEAD_LETTERS}. */
public final class DeadLetterSplit<T> extends ProcessFunction<Either<T, DeadLetter>, T> {

    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(Either<T, DeadLetter> read, Context context, Collector<T> out) {
        if (read.isLeft()) {
            out.collect(read.left());
        } else {
            context.output(SideOutputs.DEAD_LETTERS, read.right());
        }
    }
}
