package io.tramontane.rewards.composition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tramontane.rewards.RewardFixtures;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.SharedData;
import io.tramontane.rewards.answer.AnswerExtraction;
import io.tramontane.rewards.answer.AnswerSettings;
import io.tramontane.rewards.code.CodeFixtures;
import io.tramontane.rewards.correctness.CorrectnessSettings;
import io.tramontane.rewards.correctness.VerifierChoice;
import io.tramontane.rewards.format.ThinkPart;
import io.tramontane.rewards.gate.FormatSettings;
import io.tramontane.rewards.math.MathFixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Verdicts against the labels of recorded completions of real models (GSM8K). */
class RecordedRolloutsTest {

    private static final String FILE = "gsm8k-rollouts.jsonl";
    private static final double REQUIRED_AGREEMENT = 0.995;

    private final RewardFunction rewards = new RewardFunction(new RewardSettings(
            new FormatSettings(false, false, ThinkPart.ABSENT, 0.1),
            new AnswerSettings(AnswerExtraction.PATTERN, "A: (.*)"),
            new CorrectnessSettings(true, 0.9, VerifierChoice.AUTOMATIC, false),
            MathFixtures.SETTINGS,
            CodeFixtures.SETTINGS,
            RewardFixtures.COMPONENTS,
            List.of()));

    @Test
    void verdictsAgreeWithTheLabels() throws IOException {
        Optional<Path> data = SharedData.find(FILE);
        assumeTrue(data.isPresent(), "no " + FILE + " in -Dtramontane.data or in shared/data above here");
        ObjectMapper json = new ObjectMapper();
        int completions = 0;
        List<String> disagreements = new ArrayList<>();

        for (String line : Files.readAllLines(data.get())) {
            JsonNode problem = json.readTree(line);
            String id = problem.get("id").asText();
            for (JsonNode completion : problem.get("completions")) {
                completions++;
                ScoreCard card = rewards.score(RewardRequest.builder()
                        .completionId(id + "/" + completion.get("model").asText())
                        .groupId(id)
                        .problem(problem.get("problem").asText())
                        .reference(problem.get("answer").asText())
                        .language("en")
                        .text(completion.get("text").asText())
                        .build());
                if (card.correct() != completion.get("is_correct").asBoolean()) {
                    disagreements.add(id + " " + completion.get("model").asText() + ": label "
                            + completion.get("is_correct") + ", verdict "
                            + card.component("correctness").orElseThrow());
                }
            }
        }

        System.out.printf(
                "%s: %d completions, %d disagreements%n%s%n",
                FILE, completions, disagreements.size(), String.join("\n", disagreements));
        assertThat(completions).isPositive();
        assertThat(disagreements).hasSizeLessThanOrEqualTo((int) ((1 - REQUIRED_AGREEMENT) * completions));
    }
}
