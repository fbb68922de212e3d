package io.tramontane.jobs.page.rollouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tramontane.jobs.page.rollouts.RolloutIndex.Row;
import io.tramontane.kafka.records.RecordPlace;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.FinishReason;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.PackedNumbers;
import io.tramontane.schemas.RewardComponent;
import io.tramontane.schemas.ScoredCompletion;
import io.tramontane.schemas.Step;
import io.tramontane.schemas.Verdict;
import io.tramontane.schemas.WeightSpan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RolloutIndexTest {

    private final RolloutIndex index = new RolloutIndex();

    private static ScoredCompletion completion(Verdict correctness, Verdict language, FinishReason finish) {
        return new ScoredCompletion(
                Completion.newBuilder()
                        .setCompletionId("c")
                        .setGroupId("g")
                        .setRunId("run")
                        .setSampleIndex(0)
                        .setGroupSize(2)
                        .setProblemId("p")
                        .setProblem("How many?")
                        .setReference("7")
                        .setLanguage("en")
                        .setText("seven")
                        .setPromptTokens(PackedNumbers.ints(new int[] {1}))
                        .setCompletionTokens(PackedNumbers.ints(new int[] {1, 2, 3, 4, 5}))
                        .setLogProbs(PackedNumbers.floats(new float[5]))
                        .setSpans(List.of(new WeightSpan(1L, 3L, 0, 2), new WeightSpan(1L, 4L, 2, 5)))
                        .setFinishReason(finish)
                        .setGeneratorId("generator")
                        .setStartedAt(1L)
                        .setFinishedAt(2L)
                        .build(),
                1.0,
                List.of(
                        new RewardComponent("correctness", 0.9, correctness, "because", 5L),
                        new RewardComponent("language", 0.1, language, "because", 5L)),
                0.5);
    }

    private static Group group(String id, String language, ScoredCompletion... completions) {
        return Group.newBuilder()
                .setGroupId(id)
                .setRunId("run")
                .setProblemId("p")
                .setLanguage(language)
                .setGroupSize(2)
                .setCompletions(List.of(completions))
                .setRewardMean(0.75)
                .setRewardStd(0.1)
                .setFate(GroupFate.TRAINABLE)
                .build();
    }

    private void fill() {
        index.add(
                new RecordPlace(0, 5),
                group(
                        "a",
                        "en",
                        completion(Verdict.CORRECT, Verdict.CORRECT, FinishReason.STOP),
                        completion(Verdict.WRONG, Verdict.WRONG, FinishReason.LENGTH)));
        index.add(
                new RecordPlace(1, 9),
                group(
                        "b",
                        "fr",
                        completion(Verdict.CRASHED, Verdict.CORRECT, FinishReason.STOP),
                        completion(Verdict.CORRECT, Verdict.WRONG, FinishReason.STOP)));
    }

    private static RolloutQuery query(RolloutMark... marks) {
        return new RolloutQuery(Set.of(marks), OptionalLong.empty(), Optional.empty(), "", OptionalLong.empty(), 10);
    }

    @Test
    void theNewestComesFirst() {
        fill();

        assertThat(index.rows(query(), 10)).extracting(Row::groupId).containsExactly("b", "a");
        assertThat(index.rows(query(), 1)).extracting(Row::groupId).containsExactly("b");
        assertThat(index.place(1)).isEqualTo(new RecordPlace(1, 9));
    }

    @Test
    void aCompletionMustHaveAllMarks() {
        fill();

        assertThat(index.rows(query(RolloutMark.WRONG_LANGUAGE), 10))
                .extracting(Row::groupId, Row::matching, Row::right)
                .containsExactly(tuple("b", 1, 1), tuple("a", 1, 1));
        assertThat(index.rows(query(RolloutMark.WRONG_LANGUAGE, RolloutMark.RIGHT), 10))
                .extracting(Row::groupId)
                .containsExactly("b");
        assertThat(index.rows(query(RolloutMark.CRASHED), 10))
                .extracting(Row::groupId)
                .containsExactly("b");
        assertThat(index.rows(query(RolloutMark.TRUNCATED), 10))
                .extracting(Row::groupId)
                .containsExactly("a");
        assertThat(index.count(query(RolloutMark.SEVERAL_VERSIONS))).containsExactly(2, 4);
    }

    @Test
    void aStepIsFoundWhetherItComesBeforeOrAfterItsGroups() {
        index.trained(step(7, "a"));
        fill();
        index.trained(step(8, "b"));

        RolloutQuery ofSeven =
                new RolloutQuery(Set.of(), OptionalLong.of(7), Optional.empty(), "", OptionalLong.empty(), 10);
        assertThat(index.rows(ofSeven, 10)).extracting(Row::groupId).containsExactly("a");
        assertThat(index.row(1)).map(Row::step).contains(8L);
    }

    @Test
    void languagesAreFiltered() {
        fill();

        RolloutQuery french =
                new RolloutQuery(Set.of(), OptionalLong.empty(), Optional.of("fr"), "", OptionalLong.empty(), 10);
        RolloutQuery russian =
                new RolloutQuery(Set.of(), OptionalLong.empty(), Optional.of("ru"), "", OptionalLong.empty(), 10);
        assertThat(index.rows(french, 10)).extracting(Row::groupId).containsExactly("b");
        assertThat(index.rows(russian, 10)).isEmpty();
        assertThat(index.count(russian)).containsExactly(0, 0);
    }

    @Test
    void whatIsReadTwiceIsThereOnce() {
        fill();
        fill();

        assertThat(index.totals().groups()).isEqualTo(2);
        assertThat(index.totals().marks()).containsEntry(RolloutMark.RIGHT, 2);
    }

    @Test
    void itGrows() {
        for (int number = 0; number < 5_000; number++) {
            index.add(
                    new RecordPlace(0, number),
                    group("g" + number, "en", completion(Verdict.WRONG, Verdict.CORRECT, FinishReason.STOP)));
        }

        assertThat(index.totals().completions()).isEqualTo(5_000);
        assertThat(index.row(4_999)).map(Row::groupId).contains("g4999");
    }

    @Test
    void withATokenizerSpansEndWhereTheirTokensEnd() {
        Completion completion =
                completion(Verdict.CORRECT, Verdict.CORRECT, FinishReason.STOP).getCompletion();

        assertThat(TextSpans.of(completion, Optional.of(tokens -> "sev".repeat(tokens.length / 2))))
                .extracting(TextSpans.TextSpan::from, TextSpans.TextSpan::to, TextSpans.TextSpan::version)
                .containsExactly(tuple(0, 3, 3L), tuple(3, 5, 4L));
        assertThat(TextSpans.of(completion, Optional.empty()))
                .extracting(TextSpans.TextSpan::to)
                .containsExactly(2, 5);
    }

    private static Step step(long number, String groupId) {
        return Step.newBuilder()
                .setRunId("run")
                .setStep(number)
                .setIncarnation(1L)
                .setGroupIds(List.of(groupId))
                .setAdvantageMean(0.0)
                .setAdvantageStd(1.0)
                .setLoss(0.1)
                .setCompletionTokens(12L)
                .setMetrics(Map.of())
                .setWeightsHash("abc")
                .setFinishedAt(1_000 * number)
                .build();
    }
}
