package io.tramontane.kafka.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTest {

    @Test
    void namesBeginWithTheRun() {
        assertThat(Arrays.stream(Topic.values()).map(topic -> topic.nameFor("r-1")))
                .containsExactly(
                        "r-1.prompts",
                        "r-1.completions",
                        "r-1.groups",
                        "r-1.steps",
                        "r-1.weights-manifest",
                        "r-1.weights-chunks",
                        "r-1.outcomes",
                        "r-1.dead-letters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", ".", "-a", "é"})
    void refusesRunIdsThatKafkaWouldRefuse(String runId) {
        assertThatThrownBy(() -> Topic.GROUPS.nameFor(runId))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + runId + "'");
    }

    @Test
    void theLongestRunIdStillMakesTopicNames() {
        String runId = "r".repeat(200);
        assertThat(Topic.WEIGHTS_MANIFEST.nameFor(runId)).hasSizeLessThanOrEqualTo(249);
        assertThatThrownBy(() -> Topic.GROUPS.nameFor(runId + "r")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource
    void aDeadLetterHoldsTheLargestRecordOfAnyTopic(Topic topic) {
        if (topic != Topic.DEAD_LETTERS) {
            assertThat(Topic.DEAD_LETTERS.maximumRecordBytes()).isGreaterThan(topic.maximumRecordBytes());
        }
    }
}
