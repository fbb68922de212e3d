package io.tramontane.pipeline.training;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.weights.WeightsPayload;
import io.tramontane.kafka.weights.WeightsPublisher;
import io.tramontane.kafka.weights.WeightsTransportSettings;
import io.tramontane.policy.TensorSpec;
import io.tramontane.policy.Weights;
import io.tramontane.schemas.TensorEntry;
import io.tramontane.schemas.WeightsVersion;
import java.util.ArrayList;
import java.util.List;

/** Publishes weights through the run's Kafka topics. */
public final class KafkaWeightsOutlet implements WeightsOutlet {

    private final WeightsPublisher publisher;

    private KafkaWeightsOutlet(WeightsPublisher publisher) {
        this.publisher = publisher;
    }

    /** Outlets to the weights topics of run {@code runId}. */
    public static WeightsOutlet.Factory to(KafkaSettings kafka, String runId, WeightsTransportSettings transport) {
        return () -> new KafkaWeightsOutlet(new WeightsPublisher(kafka, runId, transport));
    }

    @Override
    public long newestIncarnation() throws Exception {
        return publisher.newestIncarnation();
    }

    @Override
    public void publish(WeightsVersion version, Weights weights, String weightsHash) throws Exception {
        publisher.publish(version, new WeightsPayload(tensors(weights), weights.toBytes()), weightsHash);
    }

    private static List<TensorEntry> tensors(Weights weights) {
        List<TensorEntry> entries = new ArrayList<>();
        long offset = 0;
        for (TensorSpec spec : weights.specs()) {
            entries.add(new TensorEntry(spec.name(), spec.shape(), offset));
            offset += spec.size() * Float.BYTES;
        }
        return entries;
    }

    @Override
    public void close() {
        publisher.close();
    }
}
