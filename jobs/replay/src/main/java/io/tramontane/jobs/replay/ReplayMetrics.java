package io.tramontane.jobs.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.jobs.kernel.files.Json;
import io.tramontane.jobs.replay.TrainingReplay.ReplayedStep;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The steps of a replayed training as lines of JSON, in the form of a run's metrics. */
final class ReplayMetrics {

    private ReplayMetrics() {}

    static Stream<String> lines(TrainingReplay.Result result) {
        return result.steps().stream().map(ReplayMetrics::line);
    }

    private static String line(ReplayedStep step) {
        ObjectNode line = Json.object();
        line.put("step", step.recorded().getStep());
        step.replayed().ifPresent(trained -> {
            line.put("loss", trained.loss());
            new TreeMap<>(trained.metrics()).forEach(line::put);
        });
        line.put("weightsHash", step.weightsHash());
        line.put("recordedWeightsHash", step.recorded().getWeightsHash());
        return line.toString();
    }
}
