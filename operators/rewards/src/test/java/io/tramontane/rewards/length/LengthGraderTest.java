package io.tramontane.rewards.length;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tramontane.rewards.Grade;
import io.tramontane.rewards.RewardFixtures;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.format.ParsedCompletion;
import io.tramontane.schemas.CurriculumStage;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LengthGraderTest {

    private static final ParsedCompletion ANY =
            new ParsedCompletion(Optional.empty(), "", Optional.empty(), Optional.empty());

    /** l_max 100, l_cache 20: free up to 80, then linear. */
    @ParameterizedTest
    @CsvSource({"0, 0", "80, 0", "81, -0.05", "90, -0.5", "99, -0.95", "100, -1", "101, -1", "100000, -1"})
    void fallsLinearlyOverTheCache(int tokens, double score) {
        Grade grade =
                new LengthGrader(RewardFixtures.LENGTH).grade(RewardFixtures.request("p", "1", "text", tokens), ANY);

        assertThat(grade.score()).isCloseTo(score, within(1e-12));
    }

    /** l_max 200, l_cache 50, whatever the settings say. */
    @ParameterizedTest
    @CsvSource({"100, 0", "150, 0", "175, -0.5", "200, -1", "201, -1"})
    void aStageOfACurriculumBringsItsOwnLengths(int tokens, double score) {
        RewardRequest plain = RewardFixtures.request("p", "1", "text", tokens);
        RewardRequest staged = plain.toBuilder()
                .stage(Optional.of(new CurriculumStage(2, 200, 50)))
                .build();

        Grade grade = new LengthGrader(RewardFixtures.LENGTH).grade(staged, ANY);

        assertThat(grade.score()).isCloseTo(score, within(1e-12));
    }
}
