package io.tramontane.jobs.evaluation.coldstart;

import static io.tramontane.jobs.evaluation.testing.RecordedCompletions.completion;
import static io.tramontane.jobs.evaluation.testing.RecordedCompletions.group;
import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.schemas.FinishReason;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.ScoredCompletion;
import io.tramontane.schemas.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TraceSelectionTest {

    private static final int POSITIONS = 8;

    @Test
    void onlyCorrectCompletionsThatEndedByThemselvesAndFitTheStudent() {
        TraceSelection selection = selection(new TraceSettings(9, 99, TraceSettings.Order.LATEST, false));
        EnumSet.complementOf(EnumSet.of(Verdict.CORRECT))
                .forEach(verdict -> selection.add(group("a", completion(verdict.name(), verdict, 1, 1))));
        selection.add(group(
                "a",
                completion("right", Verdict.CORRECT, 1, 1, 2),
                completion("cut", "cut", Verdict.CORRECT, Verdict.CORRECT, FinishReason.LENGTH, 1, 1),
                completion("fits", Verdict.CORRECT, 1, 1, 2, 3, 4, 5, 6),
                completion("long", Verdict.CORRECT, 1, 1, 2, 3, 4, 5, 6, 7)));

        assertThat(ids(selection)).containsExactlyInAnyOrder("right", "fits");
        assertThat(selection.completions()).isEqualTo(8);
        assertThat(selection.correct()).isEqualTo(3);
        assertThat(selection.tooLong()).isEqualTo(1);
        Trace right = selection.traces().stream()
                .filter(trace -> trace.completionId().equals("right"))
                .findFirst()
                .orElseThrow();
        assertThat(right.sequence().promptTokens()).containsExactly(5, 6);
        assertThat(right.sequence().completionTokens()).containsExactly(1, 2);
    }

    @Test
    void theLanguageMustBeRightWhereThatIsAsked() {
        Group group = group(
                "a",
                completion("same", Verdict.CORRECT, 1, 1),
                completion("other", "other", Verdict.CORRECT, Verdict.WRONG, FinishReason.STOP, 1, 1));
        TraceSelection any = selection(new TraceSettings(9, 99, TraceSettings.Order.LATEST, false));
        TraceSelection consistent = selection(new TraceSettings(9, 99, TraceSettings.Order.LATEST, true));
        any.add(group);
        consistent.add(group);

        assertThat(ids(any)).containsExactlyInAnyOrder("same", "other");
        assertThat(ids(consistent)).containsExactly("same");
    }

    @Test
    void theLatestOfEachProblemThenOfAllAndNoTextTwice() {
        TraceSelection selection = selection(new TraceSettings(2, 3, TraceSettings.Order.LATEST, false));
        selection.add(group(
                "a",
                completion("a1", Verdict.CORRECT, 1, 1),
                completion("a4", Verdict.CORRECT, 4, 1),
                completion("a3", Verdict.CORRECT, 3, 1),
                completion("a2", "a4", Verdict.CORRECT, Verdict.CORRECT, FinishReason.STOP, 2, 1)));
        selection.add(group("a", completion("a9", "a4", Verdict.CORRECT, Verdict.CORRECT, FinishReason.STOP, 9, 1)));
        selection.add(group("b", completion("b2", Verdict.CORRECT, 2, 1), completion("b1", Verdict.CORRECT, 1, 1)));

        assertThat(ids(selection)).containsExactly("a9", "a3", "b2");
    }

    @Test
    void theChoiceDependsOnTheSeedAndNotOnTheOrderOfReading() {
        List<Group> groups = new ArrayList<>(IntStream.range(0, 40)
                .mapToObj(problem -> group("p" + problem % 10, samples(problem)))
                .toList());
        for (TraceSettings.Order order : TraceSettings.Order.values()) {
            TraceSettings settings = new TraceSettings(3, 20, order, false);
            List<String> first = ids(selection(settings, 1), groups);
            Collections.reverse(groups);
            List<String> again = ids(selection(settings, 1), groups);
            List<String> other = ids(selection(settings, 2), groups);

            assertThat(first).hasSize(20).doesNotHaveDuplicates();
            assertThat(again).isEqualTo(first);
            assertThat(other).isNotEqualTo(first);
        }
    }

    private static ScoredCompletion[] samples(int group) {
        return IntStream.range(0, 6)
                .mapToObj(sample -> completion(group + "/" + sample, Verdict.CORRECT, sample % 2, 1))
                .toArray(ScoredCompletion[]::new);
    }

    private static TraceSelection selection(TraceSettings settings) {
        return selection(settings, 1);
    }

    private static TraceSelection selection(TraceSettings settings, long seed) {
        return new TraceSelection(settings, seed, POSITIONS);
    }

    private static List<String> ids(TraceSelection selection, List<Group> groups) {
        groups.forEach(selection::add);
        return ids(selection);
    }

    private static List<String> ids(TraceSelection selection) {
        return selection.traces().stream().map(Trace::completionId).toList();
    }
}
