package io.tramontane.rewards.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tramontane.rewards.Grade;
import io.tramontane.rewards.SharedData;
import io.tramontane.schemas.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Pairs with known verdicts, collected from the test cases of another verifier. */
class DevelopmentSuiteTest {

    private static final String FILE = "math-equivalence-dev.jsonl";
    private static final double REQUIRED = 0.90;
    private static final double REQUIRED_WITHOUT_PROSE = 0.95;
    private static final int SHOWN = 120;

    @Test
    void verdictsAreAsExpected() throws IOException {
        Optional<Path> data = SharedData.find(FILE);
        assumeTrue(data.isPresent(), "no " + FILE + " in -Dtramontane.data or in shared/data above here");
        ObjectMapper json = new ObjectMapper();
        int rows = 0;
        int right = 0;
        int plainRows = 0;
        int plainRight = 0;
        List<String> falselyAccepted = new ArrayList<>();
        List<String> misses = new ArrayList<>();

        for (String line : Files.readAllLines(data.get())) {
            JsonNode row = json.readTree(line);
            JsonNode rounding = row.path("config").path("float_rounding");
            Grade grade = (rounding.isInt() ? MathFixtures.roundingTo(rounding.intValue()) : MathFixtures.equality())
                    .compare(row.get("gold").asText(), row.get("pred").asText());
            boolean expected = row.get("expected").asBoolean();
            boolean asExpected = expected == (grade.verdict() == Verdict.CORRECT);
            rows++;
            right += asExpected ? 1 : 0;
            if (!row.get("prose").asBoolean()) {
                plainRows++;
                plainRight += asExpected ? 1 : 0;
            }
            if (!asExpected) {
                String miss = row.get("id").asText() + ": "
                        + shorten(row.get("gold").asText()) + " | "
                        + shorten(row.get("pred").asText()) + " | expected " + expected + ", verdict " + grade.verdict()
                        + ": " + grade.reason();
                (expected ? misses : falselyAccepted).add(miss);
            }
        }

        System.out.printf(
                "%s: %d of %d right, without prose %d of %d; %d falsely accepted%n",
                FILE, right, rows, plainRight, plainRows, falselyAccepted.size());
        misses.forEach(System.out::println);
        assertThat(falselyAccepted).isEmpty();
        assertThat((double) right / rows).isGreaterThanOrEqualTo(REQUIRED);
        assertThat((double) plainRight / plainRows).isGreaterThanOrEqualTo(REQUIRED_WITHOUT_PROSE);
    }

    private static String shorten(String text) {
        return text.length() <= SHOWN
                ? text
                : text.substring(0, SHOWN / 2) + " … " + text.substring(text.length() - SHOWN / 2);
    }
}
