package io.tramontane.pipeline.training;

import io.tramontane.pipeline.OperatorIdentity;
import io.tramontane.pipeline.SideOutputs;
import io.tramontane.pipeline.batching.MicroBatch;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.Step;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The trainer in a job.
 *
 * @param steps one record for each optimizer step
 * @param outcomes one for each trained group
 */
public record TrainerWiring(DataStream<Step> steps, DataStream<Outcome> outcomes) {

    /**
     * Adds the trainer of run {@code runId} behind batching, in a task of its own: chained to batching, it would
     * compute a whole step within one element, and checkpoint barriers would wait for it; chained to the sink of the
     * steps, it would wait at every checkpoint until Kafka has ended one transaction and begun the next.
     *
     * <p>Connected as one to all, because on a one-to-one connection Flink lets no barrier overtake the micro-batches
     * that wait, which may be more than a step's.
     */
    public static TrainerWiring attach(
            DataStream<MicroBatch> microBatches,
            String runId,
            TrainingSettings settings,
            LearnerFactory learners,
            WeightsOutlet.Factory outlets) {
        SingleOutputStreamOperator<Step> steps = OperatorIdentity.TRAINER
                .identify(microBatches
                        .global()
                        .transform(
                                OperatorIdentity.TRAINER.title(),
                                new AvroTypeInfo<>(Step.class),
                                new TrainerOperator(runId, settings, learners, outlets)))
                .forceNonParallel()
                .disableChaining();
        return new TrainerWiring(steps, steps.getSideOutput(SideOutputs.OUTCOMES));
    }
}
