package io.tramontane.jobs.page.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.tramontane.jobs.evaluation.Evaluation;
import io.tramontane.jobs.kernel.files.AtomicFile;
import io.tramontane.jobs.kernel.files.Json;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The outcome of a run, as {@code summary.json} holds it.
 *
 * @param seed of the run
 * @param steps optimizer steps of reinforcement learning
 * @param wallSeconds from the start of the process to the last measurement, added up over resumed processes
 * @param base the policy after the warm-up
 * @param trained the policy after the last step
 */
public record Summary(long seed, long steps, double wallSeconds, Score base, Score trained) {

    /**
     * How good a policy is on held-out problems.
     *
     * @param pass1 share of right completions
     * @param ciLow lower end of the confidence interval of {@code pass1}
     * @param ciHigh upper end
     * @param n completions sampled
     * @param temperature they were sampled at
     * @param languageConsistency share of completions in the language of their problem throughout
     * @param meanTokens length of a completion; null in a summary of an older release
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Score(
            double pass1,
            double ciLow,
            double ciHigh,
            int n,
            double temperature,
            double languageConsistency,
            @JsonInclude(JsonInclude.Include.NON_NULL) Double meanTokens) {

        /** What an evaluation found. */
        public static Score of(Evaluation evaluation) {
            return new Score(
                    evaluation.passAt1(),
                    evaluation.confidenceLow(),
                    evaluation.confidenceHigh(),
                    evaluation.completions(),
                    evaluation.temperature(),
                    evaluation.languageConsistency(),
                    evaluation.meanTokens());
        }
    }

    /** Reads a summary, ignoring what later versions may have added. */
    public static Summary read(Path file) throws IOException {
        return Json.readNewer(file, Summary.class);
    }

    /** Writes under a temporary name, then moves: nobody finds half a summary. */
    public void write(Path file) throws IOException {
        AtomicFile.write(file, Json.pretty(this));
    }
}
