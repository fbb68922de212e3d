package io.tramontane.jobs.generator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.kafka.prompts.LeasedPrompt;
import io.tramontane.schemas.Prompt;
import io.tramontane.schemas.SamplingSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupInProgressTest {

    private static LeasedPrompt lease(long offset, int deliveryCount, Integer... samples) {
        Prompt prompt = Prompt.newBuilder()
                .setGroupId("run/0/p")
                .setRunId("run")
                .setSequence(0)
                .setEpoch(0)
                .setProblemId("p")
                .setProblem("1 + 1")
                .setReference("2")
                .setLanguage("en")
                .setGroupSize(4)
                .setSampling(new SamplingSettings(1f, 16))
                .setMinimumVersion(0)
                .setSamples(List.of(samples))
                .build();
        return new LeasedPrompt(prompt, 0, offset, deliveryCount, 0);
    }

    private static GroupInProgress group(LeasedPrompt first) {
        GroupInProgress group = new GroupInProgress(first.prompt(), new int[] {1});
        group.join(first);
        return group;
    }

    private static List<String> startAll(GroupInProgress group) {
        List<String> ids = new ArrayList<>();
        while (group.hasUnstarted()) {
            ids.add(group.start(0));
        }
        return ids;
    }

    @Test
    void takesAllSamplesOfAPrompt() {
        GroupInProgress group = group(lease(7, 1));
        assertThat(startAll(group)).containsExactly("run/0/p/0", "run/0/p/1", "run/0/p/2", "run/0/p/3");
        assertThat(group.sampleIndex("run/0/p/2")).isEqualTo(2);
        assertThat(group.acknowledgeOne()).isFalse();
        assertThat(group.acknowledgeOne()).isFalse();
        assertThat(group.acknowledgeOne()).isFalse();
        assertThat(group.acknowledgeOne()).isTrue();
    }

    @Test
    void takesOnlyTheSamplesThatAreAskedFor() {
        GroupInProgress group = group(lease(7, 1, 3, 1));
        assertThat(startAll(group)).containsExactly("run/0/p/1", "run/0/p/3");
        assertThat(group.acknowledgeOne()).isFalse();
        assertThat(group.acknowledgeOne()).isTrue();
    }

    @Test
    void samplesThatTheGroupHasNotMeanThePromptAsAWhole() {
        assertThat(startAll(group(lease(7, 1, -1, 4)))).hasSize(4);
    }

    @Test
    void aRequestForSamplesThatAreOnTheirWayWaitsForThem() {
        LeasedPrompt whole = lease(7, 1);
        LeasedPrompt some = lease(9, 1, 2);
        GroupInProgress group = group(whole);
        startAll(group);
        group.acknowledgeOne();
        group.join(some);

        assertThat(group.hasUnstarted()).as("it is being sampled").isFalse();
        assertThat(group.leases()).containsExactly(whole, some);
        group.acknowledgeOne();
        group.acknowledgeOne();
        assertThat(group.acknowledgeOne()).as("now both are done").isTrue();
    }

    @Test
    void aRequestForOtherSamplesAddsThem() {
        GroupInProgress group = group(lease(7, 1, 0));
        startAll(group);
        group.join(lease(9, 1, 0, 3));

        assertThat(startAll(group)).containsExactly("run/0/p/3");
        assertThat(group.acknowledgeOne()).isFalse();
        assertThat(group.acknowledgeOne()).isTrue();
    }

    @Test
    void aRecordThatComesAgainReplacesItsLostLease() {
        LeasedPrompt again = lease(7, 2);
        GroupInProgress group = group(lease(7, 1));
        group.join(again);
        assertThat(group.leases()).containsExactly(again);
    }
}
