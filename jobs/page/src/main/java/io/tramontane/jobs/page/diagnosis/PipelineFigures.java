package io.tramontane.jobs.page.diagnosis;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What is known of a pipeline at one moment; ages are seconds.
 *
 * @param brokerSilentSeconds since a broker answered last; 0 while it answers
 * @param jobState Flink's word for the state of the job; empty where Flink is not known or does not answer
 * @param generators members of the generators' share group; empty where the brokers do not say
 * @param promptsOpen prompts that no generator has finished
 * @param secondsWithoutCompletion since the last completion came
 * @param completionsUnread completions behind the job's newest checkpoint
 * @param completionsPerSecond that come
 * @param verifiers their queues; empty where Flink is not known
 * @param scoringHeld completions that scoring has taken and not passed on
 * @param secondsWithoutScore since scoring passed on the last one
 * @param straggler the group that waits longest for its last samples
 * @param recent how completions ended recently
 * @param waitingMicroBatches in front of the trainer
 * @param trainerBusyShare share of its time in which the trainer computes; not a number when not known
 * @param secondsWithoutStep since the last step was made
 * @param step the newest one
 * @param steps to make; 0 when not known
 */
public record PipelineFigures(
        double brokerSilentSeconds,
        Optional<String> jobState,
        OptionalInt generators,
        long promptsOpen,
        double secondsWithoutCompletion,
        long completionsUnread,
        double completionsPerSecond,
        List<VerifierQueue> verifiers,
        OptionalLong scoringHeld,
        double secondsWithoutScore,
        Optional<Straggler> straggler,
        Endings recent,
        OptionalLong waitingMicroBatches,
        double trainerBusyShare,
        double secondsWithoutStep,
        long step,
        long steps) {

    public PipelineFigures {
        verifiers = List.copyOf(verifiers);
    }
}
