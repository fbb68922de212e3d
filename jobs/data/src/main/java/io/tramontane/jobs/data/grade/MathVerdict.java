package io.tramontane.jobs.data.grade;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.rewards.Grade;
import io.tramontane.schemas.Verdict;

/**
 * The verdict on one pair of answers.
 *
 * @param id as the input has it
 * @param reason in words for a person
 * @param micros time that the comparison took, in microseconds
 */
@JsonPropertyOrder({"id", "verdict", "reason", "micros"})
record MathVerdict(JsonNode id, Verdict verdict, String reason, long micros) implements GradedLine {

    static MathVerdict of(JsonNode id, Grade grade, long nanos) {
        return new MathVerdict(id, grade.verdict(), grade.reason(), nanos / 1000);
    }
}
