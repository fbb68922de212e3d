package io.tramontane.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OperatorIdentityTest {

    @Test
    void uidsAreDistinctAndNeverChange() {
        assertThat(Arrays.stream(OperatorIdentity.values()).map(OperatorIdentity::uid))
                .containsExactly(
                        "completions-source",
                        "completions-split",
                        "weights-manifest-source",
                        "weights-manifest-split",
                        "outcomes-source",
                        "outcomes-split",
                        "scheduler-kick",
                        "replay-selection",
                        "admission",
                        "scoring",
                        "grouping",
                        "advantage",
                        "batching",
                        "trainer",
                        "scheduler",
                        "prompts-sink",
                        "groups-sink",
                        "steps-sink",
                        "outcomes-sink",
                        "dead-letters-sink")
                .doesNotHaveDuplicates();
    }
}
