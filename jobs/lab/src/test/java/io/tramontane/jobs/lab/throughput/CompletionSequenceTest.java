package io.tramontane.jobs.lab.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.schemas.Completion;
import io.tramontane.schemas.Identity;
import io.tramontane.schemas.RecordCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompletionSequenceTest {

    private static List<Completion> completions(long groups, int openGroups) {
        List<Completion> completions = new ArrayList<>();
        new CompletionSequence("run", groups, openGroups).forEach(completions::add);
        return completions;
    }

    @Test
    void everySampleOfEveryGroupComesOnceAndInOrder() {
        Map<String, Integer> next = new HashMap<>();
        for (Completion completion : completions(103, 20)) {
            int expected = next.getOrDefault(completion.getGroupId(), 0);
            assertThat(completion.getCompletionId())
                    .isEqualTo(Identity.completionId(completion.getGroupId(), expected));
            assertThat(completion.getSampleIndex()).isEqualTo(expected);
            next.put(completion.getGroupId(), expected + 1);
        }

        assertThat(next).hasSize(103);
        assertThat(next.values()).containsOnly(CompletionSequence.GROUP_SIZE);
    }

    @Test
    void asManyGroupsAsWantedAreOpenAtAnyTime() {
        List<Completion> completions = completions(400, 40);
        Map<String, Integer> open = new HashMap<>();
        List<Integer> sizes = new ArrayList<>();
        for (Completion completion : completions) {
            int present = open.merge(completion.getGroupId(), 1, Integer::sum);
            if (present == CompletionSequence.GROUP_SIZE) {
                open.remove(completion.getGroupId());
            }
            sizes.add(open.size());
        }

        int quarter = sizes.size() / 4;
        assertThat(sizes.subList(quarter, 3 * quarter))
                .allSatisfy(size -> assertThat(size).isBetween(36, 40));
    }

    @Test
    void aCompletionHasAboutTwoKilobytes() {
        RecordCodec<Completion> codec = RecordCodec.of(Completion.class);

        assertThat(completions(64, 16).stream()
                        .mapToInt(completion -> codec.encode(completion).length)
                        .average()
                        .orElseThrow())
                .isBetween(1_900.0, 2_200.0);
    }
}
