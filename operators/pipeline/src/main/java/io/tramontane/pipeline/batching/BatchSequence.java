package io.tramontane.pipeline.batching;

import io.tramontane.schemas.Completion;
import io.tramontane.schemas.PackedNumbers;
import io.tramontane.schemas.ScoredCompletion;

/**
 * A completion as the trainer needs it. Flink state: fields may be added or removed, not retyped.
 *
 * @param promptTokens ids, [prompt]
 * @param completionTokens ids, [completion]
 * @param behaviourLogProbs log-probability of each completion token under the weights that sampled it, [completion]
 * @param temperature at which those are, and at which the sequence is trained; what state of older releases lacks is 1
 * @param advantage of the whole sequence; raw until its batch is complete, normalised in a micro-batch
 */
public record BatchSequence(
        int[] promptTokens, int[] completionTokens, float[] behaviourLogProbs, float temperature, double advantage) {

    public BatchSequence {
        temperature = temperature == 0 ? 1 : temperature;
    }

    static BatchSequence of(ScoredCompletion scored) {
        Completion completion = scored.getCompletion();
        return new BatchSequence(
                PackedNumbers.toInts(completion.getPromptTokens()),
                PackedNumbers.toInts(completion.getCompletionTokens()),
                PackedNumbers.toFloats(completion.getLogProbs()),
                completion.getTemperature(),
                scored.getAdvantage());
    }

    BatchSequence withAdvantage(double normalised) {
        return new BatchSequence(promptTokens, completionTokens, behaviourLogProbs, temperature, normalised);
    }

    /** Prompt and completion tokens. */
    int length() {
        return promptTokens.length + completionTokens.length;
    }
}
