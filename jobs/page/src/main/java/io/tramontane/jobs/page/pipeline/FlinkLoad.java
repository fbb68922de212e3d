package io.tramontane.jobs.page.pipeline;

import java.util.Map;

/**
 * What Flink says of a job.
 *
 * @param state its state in Flink's words
 * @param operators by the title of {@link io.tramontane.pipeline.OperatorIdentity}
 */
record FlinkLoad(String state, Map<String, OperatorLoad> operators) {

    FlinkLoad {
        operators = Map.copyOf(operators);
    }
}
