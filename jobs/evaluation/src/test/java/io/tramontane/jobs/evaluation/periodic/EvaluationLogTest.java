package io.tramontane.jobs.evaluation.periodic;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.jobs.evaluation.Evaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationLogTest {

    @TempDir
    private Path directory;

    @Test
    void aLaterProcessAddsBehindTheWholeLines() throws IOException {
        Path file = directory.resolve("evaluations.jsonl");
        EvaluationLog first = EvaluationLog.open(file);
        assertThat(first.lastStep()).isZero();
        first.add(evaluation(10));
        first.add(evaluation(20));
        String whole = Files.readString(file);
        Files.writeString(file, whole + "{\"step\":30,\"dueSt");

        EvaluationLog second = EvaluationLog.open(file);
        assertThat(second.lastStep()).isEqualTo(20);
        assertThat(file).hasContent(whole);
        second.add(evaluation(30));

        assertThat(Files.readAllLines(file))
                .hasSize(3)
                .last()
                .asString()
                .isEqualTo("{\"step\":30,\"dueStep\":30,\"weightsHash\":\"ab\",\"measuredAt\":5,\"seconds\":4.0,"
                        + "\"computingSeconds\":0.5,\"passAt1\":0.5,\"confidenceLow\":0.4,\"confidenceHigh\":0.6,"
                        + "\"confidence\":0.95,\"completions\":100,\"problems\":100,\"temperature\":1.0,"
                        + "\"languageConsistency\":0.7,\"wellFormed\":0.9,\"truncated\":0.1,\"meanReward\":0.6,"
                        + "\"meanTokens\":20.0,\"passAt1ByLanguage\":{\"en\":0.5}}");
    }

    private static PeriodicEvaluation evaluation(long step) {
        return new PeriodicEvaluation(
                step,
                step,
                "ab",
                5,
                4,
                0.5,
                Evaluation.builder()
                        .passAt1(0.5)
                        .interval(0.4, 0.6, 0.95)
                        .completions(100)
                        .problems(100)
                        .temperature(1)
                        .languageConsistency(0.7)
                        .wellFormed(0.9)
                        .truncated(0.1)
                        .meanReward(0.6)
                        .meanTokens(20)
                        .passAt1ByLanguage(Map.of("en", 0.5))
                        .build());
    }
}
