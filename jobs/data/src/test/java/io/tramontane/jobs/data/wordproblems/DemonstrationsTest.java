package io.tramontane.jobs.data.wordproblems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tramontane.jobs.data.job.JobConfig;
import io.tramontane.policy.tokenizer.BytePairTrainer;
import io.tramontane.policy.tokenizer.PolicyTokenizer;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.composition.RewardFunction;
import io.tramontane.rewards.composition.ScoreCard;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DemonstrationsTest {

    private static final int COUNT = 4_000;
    private static final DemonstrationMix MIX = new DemonstrationMix(0.2, 0.05, 0.0, 0.45);

    private final WordProblems problems = new WordProblems(3);
    private final RewardFunction rewards =
            new RewardFunction(JobConfig.loader().load().reward());

    @Test
    void everyDemonstrationIsWellFormed() {
        assertThat(scores(MIX)).allMatch(ScoreCard::wellFormed);
    }

    @Test
    void sharesAreThoseOfTheMix() {
        List<ScoreCard> scores = scores(MIX);

        assertThat(share(scores.stream().filter(ScoreCard::correct).count())).isCloseTo(0.2 + 0.8 * 0.05, within(0.03));
        assertThat(share(scores.stream().filter(ScoreCard::languageConsistent).count()))
                .isCloseTo(0.45, within(0.03));
    }

    @Test
    void correctStepsGiveCorrectAnswersAndWrongOnesDoNot() {
        assertThat(scores(new DemonstrationMix(1.0, 0.0, 0.0, 1.0))).allMatch(ScoreCard::correct);
        assertThat(share(scores(new DemonstrationMix(1.0, 0.0, 0.5, 1.0)).stream()
                        .filter(ScoreCard::correct)
                        .count()))
                .isBetween(0.2, 0.35);
        assertThat(scores(new DemonstrationMix(0.0, 0.0, 0.0, 1.0))).noneMatch(ScoreCard::correct);
    }

    @Test
    void thoughtsInTheProblemsLanguageAreDetectedAsSuchAndOthersAreNot() {
        for (double chains : new double[] {0.0, 1.0}) {
            long same = scores(new DemonstrationMix(chains, 0.05, 0.0, 1.0)).stream()
                    .filter(ScoreCard::languageConsistent)
                    .count();
            long other = scores(new DemonstrationMix(chains, 0.05, 0.0, 0.0)).stream()
                    .filter(ScoreCard::languageConsistent)
                    .count();

            assertThat(share(same)).isGreaterThanOrEqualTo(0.99);
            assertThat(share(other)).isLessThanOrEqualTo(0.01);
        }
    }

    @Test
    void sameSeedGivesTheSameSequence() {
        assertThat(sequence(new WordProblems(3), MIX).limit(50).toList())
                .isEqualTo(sequence(problems, MIX).limit(50).toList())
                .isNotEqualTo(sequence(new WordProblems(4), MIX).limit(50).toList());
        assertThat(Demonstrations.corpus()).isEqualTo(Demonstrations.corpus()).hasSizeGreaterThan(1_000);
    }

    @Test
    void theTokenizerKeepsEveryNumberApartAndGivesTheTextBack() {
        String json = new BytePairTrainer(768, Demonstrations.wholeTokens()).train(Demonstrations.corpus());
        try (PolicyTokenizer tokenizer = PolicyTokenizer.parse(json, BytePairTrainer.endOfSequence())) {
            Set<Integer> ids = new HashSet<>();
            for (String token : Demonstrations.wholeTokens()) {
                assertThat(tokenizer.encode(token)).as(token).hasSize(1);
                assertThat(ids.add(tokenizer.encode(token)[0])).as(token).isTrue();
            }
            sequence(problems, MIX).limit(200).forEach(demonstration -> {
                String text = demonstration.problem().text() + demonstration.completion();
                assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
            });
        }
    }

    private static Stream<Demonstration> sequence(WordProblems problems, DemonstrationMix mix) {
        Demonstrations demonstrations = new Demonstrations(problems);
        return Stream.generate(() -> demonstrations.next(mix));
    }

    private List<ScoreCard> scores(DemonstrationMix mix) {
        return sequence(problems, mix).limit(COUNT).map(this::score).toList();
    }

    private ScoreCard score(Demonstration demonstration) {
        return rewards.score(RewardRequest.builder()
                .completionId(demonstration.problem().id() + "/0")
                .groupId(demonstration.problem().id())
                .problem(demonstration.problem().text())
                .reference(demonstration.problem().reference())
                .verifier(demonstration.problem().verifier())
                .language(demonstration.problem().language())
                .text(demonstration.completion())
                .completionTokens(30)
                .build());
    }

    private static double share(long count) {
        return (double) count / COUNT;
    }
}
