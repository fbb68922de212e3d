package io.tramontane.pipeline.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.pipeline.admission.RecentGroups.Unwritten;
import org.junit.jupiter.api.Test;

class RecentGroupsTest {

    private static final GroupMemory ONE = GroupMemory.EMPTY.with(0, false);

    private final RecentGroups recent = new RecentGroups(2, 100);

    @Test
    void writesWhatHasChangedSinceItWasWritten() {
        recent.put("a", ONE, 0);
        recent.put("b", ONE, 0);
        assertThat(recent.takeUnwritten()).extracting(Unwritten::groupId).containsExactlyInAnyOrder("a", "b");
        assertThat(recent.takeUnwritten()).isEmpty();

        recent.put("b", ONE.with(1, true), 1);
        assertThat(recent.takeUnwritten())
                .containsExactly(new Unwritten("b", recent.get("b", 1).orElseThrow()));
    }

    @Test
    void evictsTheGroupLongestWithoutACompletionAndSaysWhatItHeldUnwritten() {
        recent.put("a", ONE, 0);
        recent.put("b", ONE, 0);
        recent.takeUnwritten();
        recent.put("a", ONE.with(1, false), 1);
        recent.put("c", ONE, 2);

        assertThat(recent.evict()).isEmpty();
        assertThat(recent.get("b", 2)).isEmpty();

        recent.put("d", ONE, 3);
        assertThat(recent.evict()).extracting(Unwritten::groupId).containsExactly("a");
        assertThat(recent.get("c", 3)).isPresent();
    }

    @Test
    void forgetsAGroupWhoseTimeIsOver() {
        recent.put("a", ONE, 0);

        assertThat(recent.get("a", 100)).contains(ONE);
        assertThat(recent.get("a", 101)).contains(GroupMemory.EMPTY);
    }
}
