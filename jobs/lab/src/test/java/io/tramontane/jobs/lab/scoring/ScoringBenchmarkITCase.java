package io.tramontane.jobs.lab.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.schemas.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A verifier that hangs, crashes and returns garbage, in a real job that may not restart. */
class ScoringBenchmarkITCase {

    private static final int COMPLETIONS = 1_000;

    @TempDir
    private Path directory;

    @Test
    void everyCompletionHasAVerdictWhateverItsVerifierDoes() throws Exception {
        var plan = new ScoringBenchmark.Plan(COMPLETIONS, 0.1, 16, Duration.ofMillis(500), Duration.ofMillis(1), 1);

        ScoringBenchmark.Result result =
                new ScoringBenchmark(TramontaneConfig.loader().load(), plan).run(directory);

        assertThat(result.faulty().completions()).isEqualTo(COMPLETIONS);
        assertThat(result.clean().count("judge", Verdict.CORRECT)).isEqualTo(COMPLETIONS);
        assertThat(result.expected().get(Verdict.TIMEOUT)).isGreaterThan(10);
        assertThat(result.expected().get(Verdict.CRASHED)).isGreaterThan(30);
        assertThat(result.complete()).isTrue();
        for (String component : new String[] {"format", "correctness", "length", "language"}) {
            for (Verdict verdict : Verdict.values()) {
                assertThat(result.faulty().count(component, verdict))
                        .as("%s %s with and without faults elsewhere", component, verdict)
                        .isEqualTo(result.clean().count(component, verdict));
            }
        }
    }
}
