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
 * @param straggler the group that waits longest for its last samples
 * @param recent how completions ended recently
 */
public record PipelineFigures(
        double brokerSilentSeconds,
        Optional<String> jobState,
        Generation generation,
        Scoring scoring,
        Optional<Straggler> straggler,
        Endings recent,
        Training training) {

    /**
     * From prompts to completions.
     *
     * @param generators members of the generators' share group; empty where the brokers do not say
     * @param promptsOpen prompts that no generator has finished
     * @param secondsWithoutCompletion since the last completion came
     * @param completionsPerSecond that come
     */
    public record Generation(
            OptionalInt generators, long promptsOpen, double secondsWithoutCompletion, double completionsPerSecond) {

        /** Before anything is known. */
        public static final Generation UNKNOWN = new Generation(OptionalInt.empty(), 0, 0, 0);
    }

    /**
     * From completions to rewards.
     *
     * @param completionsUnread completions behind the job's newest checkpoint
     * @param verifiers their queues; empty where Flink is not known
     * @param held completions that scoring has taken and not passed on
     * @param secondsWithoutScore since scoring passed on the last one
     */
    public record Scoring(
            long completionsUnread, List<VerifierQueue> verifiers, OptionalLong held, double secondsWithoutScore) {

        /** Before anything is known. */
        public static final Scoring UNKNOWN = new Scoring(0, List.of(), OptionalLong.empty(), 0);

        public Scoring {
            verifiers = List.copyOf(verifiers);
        }
    }

    /**
     * From batches to steps.
     *
     * @param waitingMicroBatches in front of the trainer
     * @param busyShare share of its time in which the trainer computes; not a number when not known
     * @param secondsWithoutStep since the last step was made
     * @param step the newest one
     * @param steps to make; 0 when not known
     */
    public record Training(
            OptionalLong waitingMicroBatches, double busyShare, double secondsWithoutStep, long step, long steps) {}
}
