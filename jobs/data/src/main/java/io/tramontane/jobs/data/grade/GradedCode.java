package io.tramontane.jobs.data.grade;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.rewards.code.CodeVerdict;
import io.tramontane.schemas.Verdict;
import java.util.List;

/**
 * The verdict on one program.
 *
 * @param id as the input has it
 * @param reason in words for a person
 * @param tests those that were run, in their order
 * @param micros time that compiling and running took by the clock, in microseconds
 */
@JsonPropertyOrder({"id", "verdict", "reason", "tests", "micros"})
record GradedCode(JsonNode id, Verdict verdict, String reason, List<Test> tests, long micros) implements GradedLine {

    static GradedCode of(JsonNode id, CodeVerdict verdict, long nanos) {
        return new GradedCode(
                id,
                verdict.verdict(),
                verdict.reason(),
                verdict.tests().stream()
                        .map(test -> new Test(test.verdict(), test.processorMillis(), test.memoryBytes()))
                        .toList(),
                nanos / 1000);
    }

    /** One test. */
    @JsonPropertyOrder({"verdict", "cpu-millis", "memory-bytes"})
    record Test(
            Verdict verdict,
            @JsonProperty("cpu-millis") long processorMillis,
            @JsonProperty("memory-bytes") long memoryBytes) {}
}
