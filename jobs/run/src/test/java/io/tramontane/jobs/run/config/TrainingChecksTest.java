package io.tramontane.jobs.run.config;

import static io.tramontane.jobs.run.config.Assignments.load;
import static io.tramontane.jobs.run.config.Assignments.problems;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the objective's settings refuse, with what to do about it. */
class TrainingChecksTest {

    @Test
    void anArithmeticOfALaterReleaseIsRefusedByItsNumber() {
        assertThat(problems("training.arithmetic=3"))
                .containsExactly(
                        "--set training.arithmetic=3: training.arithmetic: this release does not know arithmetic"
                                + " 3; it knows 1, 2");
    }

    @Test
    void theFirstArithmeticKnowsTheRecipesLossAlone() {
        assertThat(load("training.arithmetic=1").training().arithmetic()).isEqualTo(1);
        assertThat(problems("training.arithmetic=1", "training.loss.type=gspo"))
                .singleElement()
                .asString()
                .contains("knows the loss grpo without corrections alone; set training.arithmetic to 2");
        assertThat(problems("training.arithmetic=1", "training.loss.correction.geometric-mask=true"))
                .hasSize(1);
    }

    @Test
    void aTruncatedWeightOnALossThatHasTheRatioIsRefused() {
        assertThat(problems("training.loss.correction.importance-weight=token"))
                .singleElement()
                .asString()
                .contains("training.loss.correction.importance-weight: the loss 'grpo' has the importance ratio in it");
        assertThat(load(
                                "training.loss.type=reinforce",
                                "training.loss.ratio-cap=0",
                                "training.loss.correction.importance-weight=sequence")
                        .training()
                        .loss()
                        .type())
                .isEqualTo("reinforce");
    }

    @Test
    void aKeyOfAnotherLossIsRefusedByName() {
        assertThat(problems("training.loss.type=dppo", "training.loss.clip-low=0.1"))
                .singleElement()
                .asString()
                .startsWith("--set training.loss.clip-low=0.1: training.loss.clip-low: ")
                .contains("dppo", "grpo");
        assertThat(problems("training.loss.type=gspp"))
                .singleElement()
                .asString()
                .contains("did you mean gspo?");
        assertThat(problems("training.loss.importance-weight-cap=5"))
                .containsExactly(
                        "--set training.loss.importance-weight-cap=5: training.loss.importance-weight-cap: is now"
                                + " training.loss.ratio-cap; write that");
    }

    @Test
    void moreStepsForAVersionThanTheLagAllowsAreRefused() {
        assertThat(problems("training.steps-per-publication=4", "pipeline.staleness.maximum-lag=2"))
                .singleElement()
                .asString()
                .contains("its last step is trained 3 versions behind");
        assertThat(load("training.steps-per-publication=3", "pipeline.staleness.maximum-lag=2")
                        .training()
                        .stepsPerPublication())
                .isEqualTo(3);
    }
}
