package io.tramontane.pipeline.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GroupMemoryTest {

    @Test
    void remembersEachSample() {
        GroupMemory memory = GroupMemory.EMPTY.with(0, false).with(17, false);

        assertThat(memory.hasSeen(0)).isTrue();
        assertThat(memory.hasSeen(17)).isTrue();
        assertThat(memory.hasSeen(1)).isFalse();
        assertThat(memory.hasSeen(16)).isFalse();
        assertThat(memory.hasSeen(1_000)).isFalse();
    }

    @Test
    void staysStale() {
        assertThat(GroupMemory.EMPTY.with(3, true).with(4, false).stale()).isTrue();
        assertThat(GroupMemory.EMPTY.with(3, false).stale()).isFalse();
    }

    @Test
    void doesNotChangeInPlace() {
        GroupMemory before = GroupMemory.EMPTY.with(3, false);
        before.with(4, true);

        assertThat(before.hasSeen(4)).isFalse();
        assertThat(before.stale()).isFalse();
    }
}
