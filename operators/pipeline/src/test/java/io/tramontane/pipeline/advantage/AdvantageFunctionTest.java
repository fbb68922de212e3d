package io.tramontane.pipeline.advantage;

import static io.tramontane.pipeline.SideOutputs.OUTCOMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tramontane.pipeline.Harness;
import io.tramontane.schemas.DropReason;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.Outcome;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // closing a harness may be interrupted
class AdvantageFunctionTest {

    @Test
    void everyGroupGoesOnAndEndedOnesHaveOneGroupOutcome() throws Exception {
        var function = new AdvantageFunction(AdvantageSettings.of(KeepGroup.REWARD_DIFFERS));
        try (var operator =
                Harness.start(new OneInputStreamOperatorTestHarness<Group, Group>(new ProcessOperator<>(function)))) {
            operator.processElement(GroupAdvantageTest.group(GroupFate.TRAINABLE, 1.0, 0.0), 0);
            operator.processElement(GroupAdvantageTest.group(GroupFate.TRAINABLE, 1.0, 1.0, 1.0), 0);
            operator.processElement(GroupAdvantageTest.group(GroupFate.STALE, 0.0), 0);
            operator.processElement(GroupAdvantageTest.group(GroupFate.INCOMPLETE, 0.0, 1.0), 0);

            assertThat(Harness.drain(operator))
                    .extracting(Group::getFate)
                    .containsExactly(
                            GroupFate.TRAINABLE, GroupFate.ZERO_VARIANCE, GroupFate.STALE, GroupFate.INCOMPLETE);
            assertThat(Harness.drain(operator, OUTCOMES))
                    .extracting(Outcome::getCompletionId, Outcome::getDropReason, Outcome::getCompletions)
                    .containsExactly(
                            tuple(null, DropReason.ZERO_VARIANCE, 3),
                            tuple(null, DropReason.STALE, 1),
                            tuple(null, DropReason.INCOMPLETE, 2));
        }
    }
}
