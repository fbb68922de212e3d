package io.tramontane.jobs.lab.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tramontane.rewards.Grade;
import io.tramontane.rewards.correctness.AnswerEquality;
import io.tramontane.rewards.math.MathEquality;
import io.tramontane.rewards.math.comparison.MathSettings;
import io.tramontane.schemas.Verdict;
import java.time.Duration;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Whatever is asked, there is a verdict, soon, and never a false one. How soon is what {@code bench math} measures. */
class PathologicalPairTest {

    /** Of one comparison on a machine with better things to do. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AnswerEquality equality = new MathEquality(new MathSettings(false, true, true, -1, 400_000, 20_000));

    @Test
    void everyInputHasAVerdict() {
        SoftAssertions softly = new SoftAssertions();
        for (PathologicalPair pair : PathologicalPair.all()) {
            softly.assertThatCode(() -> {
                        Grade grade = assertTimeoutPreemptively(
                                PATIENCE, () -> equality.compare(pair.reference(), pair.answer()));
                        assertThat(grade.verdict() == Verdict.CORRECT && !pair.equal())
                                .as("falsely accepted: %s", grade.reason())
                                .isFalse();
                        assertThat(grade.verdict()).isNotEqualTo(Verdict.CRASHED);
                        assertThat(grade.reason().length()).isLessThan(1000);
                    })
                    .as(pair.name())
                    .doesNotThrowAnyException();
        }
        softly.assertAll();
    }
}
