package io.tramontane.pipeline.grouping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tramontane.pipeline.TestCompletion;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.ScoredCompletion;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenGroupTest {

    private static ScoredCompletion sample(int index) {
        return TestCompletion.of("a", index).scored();
    }

    @Test
    void isCompleteWithAllSamples() {
        OpenGroup group = new OpenGroup(2);
        assertThat(group.offer(TestCompletion.of("a", 1).groupSize(2).scored())).isEqualTo(OpenGroup.Offer.ACCEPTED);
        assertThat(group.complete()).isFalse();
        assertThat(group.offer(TestCompletion.of("a", 0).groupSize(2).scored())).isEqualTo(OpenGroup.Offer.ACCEPTED);
        assertThat(group.complete()).isTrue();
    }

    @Test
    void refusesDuplicatesAndMisfits() {
        OpenGroup group = new OpenGroup(TestCompletion.GROUP_SIZE);
        group.offer(sample(1));

        assertThat(group.offer(sample(1))).isEqualTo(OpenGroup.Offer.DUPLICATE);
        assertThat(group.offer(TestCompletion.of("a", 2).groupSize(5).scored())).isEqualTo(OpenGroup.Offer.OTHER_SIZE);
        assertThat(group.close(GroupFate.INCOMPLETE).getCompletions()).hasSize(1);
    }

    @Test
    void writesEachCompletionOnce() {
        OpenGroup group = new OpenGroup(TestCompletion.GROUP_SIZE);
        group.offer(sample(0));
        assertThat(group.written()).isFalse();
        assertThat(group.unwritten()).hasSize(1);
        group.markWritten();
        group.offer(sample(1));

        assertThat(group.written()).isTrue();
        assertThat(group.unwritten())
                .singleElement()
                .satisfies(scored ->
                        assertThat(scored.getCompletion().getSampleIndex()).isEqualTo(1));
    }

    @Test
    void comesBackFromState() {
        OpenGroup group = OpenGroup.restore(List.of(sample(3), sample(0)));

        assertThat(group.written()).isTrue();
        assertThat(group.unwritten()).isEmpty();
        assertThat(group.bytes()).isPositive();
        assertThat(group.close(GroupFate.INCOMPLETE).getCompletions())
                .extracting(scored -> scored.getCompletion().getSampleIndex())
                .containsExactly(0, 3);
    }

    @Test
    void needsSomethingToComeBackFrom() {
        assertThatThrownBy(() -> OpenGroup.restore(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
