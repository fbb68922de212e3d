package io.tramontane.jobs.evaluation.curation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tramontane.jobs.evaluation.GradedSample;
import io.tramontane.jobs.evaluation.MeasuredConfig;
import io.tramontane.jobs.evaluation.ProblemOutcome;
import io.tramontane.jobs.evaluation.ProblemOutcome.AnswerVotes;
import io.tramontane.jobs.kernel.config.ConfigException;
import io.tramontane.jobs.kernel.config.ConfigLoader;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DifficultyFilterTest {

    private static final DifficultyFilter STANDARD = filter();

    @Test
    void theStandardIsThatOfTheReport() {
        assertThat(MeasuredConfig.loader().load().curation())
                .isEqualTo(new CurationSettings(8, 0, 1, true, 0.5, new TestRepairSettings(0.8, 4, 32)));
    }

    @Test
    void neverAndAlwaysSolvedAreDropped() {
        assertThat(STANDARD.reason(figures(16, right(0), wrong("7", 5), wrong("8", 4))))
                .contains(RemovalReason.TOO_HARD);
        assertThat(STANDARD.reason(figures(16, right(16)))).contains(RemovalReason.TOO_EASY);
        assertThat(STANDARD.reason(figures(16, right(1), wrong("7", 5)))).isEmpty();
        assertThat(STANDARD.reason(figures(16, right(15), wrong("7", 1)))).isEmpty();
        assertThat(STANDARD.reason(figures(16))).contains(RemovalReason.TOO_HARD);
    }

    @Test
    void whatIsTooHardAndTooEasyIsSet() {
        DifficultyFilter narrow = filter("curation.too-hard-up-to=0.25", "curation.too-easy-from=0.75");

        assertThat(narrow.reason(figures(16, right(4)))).contains(RemovalReason.TOO_HARD);
        assertThat(narrow.reason(figures(16, right(5)))).isEmpty();
        assertThat(narrow.reason(figures(16, right(11)))).isEmpty();
        assertThat(narrow.reason(figures(16, right(12)))).contains(RemovalReason.TOO_EASY);
    }

    @Test
    void aStrongMajorityGoesAgainstTheReference() {
        assertThat(STANDARD.reason(figures(16, right(4), wrong("7", 8))))
                .contains(RemovalReason.MAJORITY_AGAINST_REFERENCE);
        assertThat(STANDARD.reason(figures(16, right(4), wrong("7", 7)))).isEmpty();
        assertThat(STANDARD.reason(figures(16, right(8), wrong("7", 7)))).isEmpty();
        assertThat(filter("curation.majority-share=0.4").reason(figures(16, right(4), wrong("7", 7))))
                .contains(RemovalReason.MAJORITY_AGAINST_REFERENCE);
    }

    @Test
    void aNeverSolvedProblemWhoseAnswersAgreeIsBlamedOnItsReference() {
        assertThat(STANDARD.reason(figures(16, right(0), wrong("7", 12))))
                .contains(RemovalReason.MAJORITY_AGAINST_REFERENCE);
    }

    @Test
    void withoutTheMajorityCheckOnlyDifficultyCounts() {
        DifficultyFilter first = filter("curation.majority-check=false");

        assertThat(first.reason(figures(16, right(4), wrong("7", 12)))).isEmpty();
        assertThat(first.reason(figures(16, right(0), wrong("7", 16)))).contains(RemovalReason.TOO_HARD);
    }

    @Test
    void aTieIsNoMajority() {
        SampleFigures tie = figures(16, right(8), wrong("7", 8));

        assertThat(tie.majority()).isEmpty();
        assertThat(tie.majorityShare()).isZero();
        assertThat(STANDARD.reason(tie)).isEmpty();
        assertThat(filter("curation.majority-share=0.1").reason(figures(16, right(2), wrong("7", 4), wrong("8", 4))))
                .isEmpty();
    }

    @Test
    void answersThatCannotBeComparedHaveNoMajority() {
        ProblemOutcome outcome = outcome(16, right(4), wrong("print(7)", 12));

        assertThat(STANDARD.reason(SampleFigures.of(outcome, true))).contains(RemovalReason.MAJORITY_AGAINST_REFERENCE);
        assertThat(STANDARD.reason(SampleFigures.of(outcome, false))).isEmpty();
    }

    @Test
    void fewCompletionsProveNothing() {
        assertThat(STANDARD.reason(figures(7, right(3)))).contains(RemovalReason.TOO_FEW_SAMPLES);
        assertThat(STANDARD.reason(figures(8, right(3)))).isEmpty();
        assertThat(STANDARD.reason(SampleFigures.NONE)).contains(RemovalReason.TOO_FEW_SAMPLES);
        assertThat(SampleFigures.NONE.passRate()).isZero();
    }

    @Test
    void figuresCountCompletionsWithoutAnAnswer() {
        SampleFigures figures = figures(16, right(4), wrong("7", 6));

        assertThat(figures.passRate()).isEqualTo(0.25);
        assertThat(figures.majority()).contains(new AnswerVotes("7", 6, false));
        assertThat(figures.majorityShare()).isEqualTo(6.0 / 16);
    }

    @Test
    void settingsThatDropEverythingAreRefused() {
        assertThatThrownBy(() -> filter("curation.too-hard-up-to=0.5", "curation.too-easy-from=0.5"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("too-hard-up-to must be less than too-easy-from, or every problem is dropped");
        assertThatThrownBy(() -> filter("curation.majority-share=0")).isInstanceOf(ConfigException.class);
    }

    private static DifficultyFilter filter(String... settings) {
        ConfigLoader<MeasuredConfig> loader = MeasuredConfig.loader();
        for (String setting : settings) {
            loader.set(setting);
        }
        return new DifficultyFilter(loader.load().curation());
    }

    private static AnswerVotes right(int count) {
        return new AnswerVotes("5", count, true);
    }

    private static AnswerVotes wrong(String answer, int count) {
        return new AnswerVotes(answer, count, false);
    }

    private static SampleFigures figures(int samples, AnswerVotes... votes) {
        return SampleFigures.of(outcome(samples, votes), true);
    }

    private static ProblemOutcome outcome(int samples, AnswerVotes... votes) {
        List<AnswerVotes> given =
                Stream.of(votes).filter(vote -> vote.count() > 0).toList();
        int correct = given.stream()
                .filter(AnswerVotes::correct)
                .mapToInt(AnswerVotes::count)
                .sum();
        List<GradedSample> completions = IntStream.range(0, samples)
                .mapToObj(sample -> new GradedSample("text", "", sample < correct, true, true, false, 4, 0))
                .toList();
        return new ProblemOutcome("p", "en", "", completions, given);
    }
}
