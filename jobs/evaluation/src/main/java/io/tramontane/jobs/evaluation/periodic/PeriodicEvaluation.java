package io.tramontane.jobs.evaluation.periodic;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tramontane.jobs.evaluation.Evaluation;

/**
 * What the weights of one step scored: a line of {@code evaluations.jsonl}.
 *
 * @param step the weights' version, committed
 * @param dueStep the step that was to be measured; smaller than {@code step} where that one was missed
 * @param weightsHash SHA-256 (hex) of the weights, as in the step's record
 * @param measuredAt when it was done, milliseconds since the epoch
 * @param seconds from beginning to end
 * @param computingSeconds of those, without the rests in between
 * @param evaluation the figures; in the line beside the others
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PeriodicEvaluation(
        long step,
        long dueStep,
        String weightsHash,
        long measuredAt,
        double seconds,
        double computingSeconds,
        @JsonUnwrapped Evaluation evaluation) {}
