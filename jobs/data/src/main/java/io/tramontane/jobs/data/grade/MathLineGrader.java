package io.tramontane.jobs.data.grade;

import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.rewards.Grade;
import io.tramontane.rewards.correctness.AnswerEquality;

/** Compares {@code pred} with {@code gold}: {@code {"id": 1, "gold": "1/2", "pred": "\\frac{1}{2}"}}. */
public final class MathLineGrader implements LineGrader {

    private final AnswerEquality equality;

    public MathLineGrader(AnswerEquality equality) {
        this.equality = equality;
    }

    @Override
    public GradedLine grade(InputLine line) {
        JsonNode id = line.id();
        String gold = line.text("gold");
        String pred = line.text("pred");
        long start = System.nanoTime();
        Grade grade;
        try {
            grade = equality.compare(gold, pred);
        } catch (RuntimeException e) {
            grade = Grade.crashed("the verifier failed: " + e);
        }
        return MathVerdict.of(id, grade, System.nanoTime() - start);
    }
}
