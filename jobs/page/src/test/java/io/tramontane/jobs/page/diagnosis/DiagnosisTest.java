package io.tramontane.jobs.page.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DiagnosisTest {

    private double brokerSilent;
    private Optional<String> jobState = Optional.of("RUNNING");
    private OptionalInt generators = OptionalInt.of(4);
    private long promptsOpen = 20;
    private double withoutCompletion = 0.2;
    private long unread = 100;
    private double completionsPerSecond = 80;
    private List<VerifierQueue> verifiers = List.of(new VerifierQueue("built-in", 0, 0, Double.NaN));
    private long scoringHeld;
    private double withoutScore = 0.2;
    private Optional<Straggler> straggler = Optional.empty();
    private Endings recent = new Endings(30, 900, 20, 100, 0);
    private long waitingMicroBatches;
    private double trainerBusy = 0.4;
    private double withoutStep = 2;
    private long step = 10;
    private long steps = 100;

    private List<Finding> findings() {
        return Diagnosis.of(new PipelineFigures(
                brokerSilent,
                jobState,
                new PipelineFigures.Generation(generators, promptsOpen, withoutCompletion, completionsPerSecond),
                new PipelineFigures.Scoring(unread, verifiers, OptionalLong.of(scoringHeld), withoutScore),
                straggler,
                recent,
                new PipelineFigures.Training(
                        OptionalLong.of(waitingMicroBatches), trainerBusy, withoutStep, step, steps)));
    }

    private Finding cause() {
        return findings().get(0);
    }

    @Test
    void aRunInOrderIsPacedByItsGenerators() {
        assertThat(findings()).extracting(Finding::cause).containsExactly(Cause.GENERATORS_SLOW);
        assertThat(cause().sentence()).isEqualTo("all parts work; the generators set the pace with 80 completions/s");
    }

    @Test
    void noGenerator() {
        generators = OptionalInt.of(0);
        withoutCompletion = 4;

        assertThat(cause())
                .isEqualTo(new Finding(
                        Cause.NO_GENERATOR,
                        "no generator is asking for prompts: 20 wait, and no completion has come for 4 s",
                        "Start one: ./tramontane generate.",
                        "generators"));
    }

    @Test
    void aGeneratorThatWasKilledIsMissedBeforeTheBrokersForgetIt() {
        withoutCompletion = 31;

        assertThat(cause().cause()).isEqualTo(Cause.GENERATORS_SILENT);
    }

    @Test
    void generatorsThatHaveNothingToDoAreNotToBlame() {
        generators = OptionalInt.of(0);
        withoutCompletion = 60;
        promptsOpen = 0;

        assertThat(cause().cause()).isEqualTo(Cause.GENERATORS_SLOW);
    }

    @Test
    void aDeadBrokerExplainsAllElse() {
        brokerSilent = 4.4;
        generators = OptionalInt.of(0);
        withoutCompletion = 9;

        assertThat(findings()).extracting(Finding::cause).containsExactly(Cause.BROKER_SILENT);
        assertThat(cause().sentence()).isEqualTo("no Kafka broker has answered for 4 s");
        assertThat(cause().metric()).isEqualTo("brokerSilentSeconds");
    }

    @Test
    void aVerifierThatHangs() {
        verifiers =
                List.of(new VerifierQueue("built-in", 2, 0, Double.NaN), new VerifierQueue("math", 308, 4, Double.NaN));
        scoringHeld = 312;
        withoutScore = 41;
        promptsOpen = 0;

        assertThat(cause().cause()).isEqualTo(Cause.VERIFIER_HANGS);
        assertThat(cause().sentence())
                .isEqualTo(
                        "verifier 'math' holds 312 completions with 4 of its threads beyond their deadline, the oldest"
                                + " for 41 s");
        assertThat(cause().metric()).isEqualTo("pool.math.overdueThreads");
    }

    @Test
    void aVerifierThatHangsIsNamedBeforeItsDeadline() {
        verifiers = List.of(new VerifierQueue("math", 308, 0, Double.NaN));
        scoringHeld = 312;
        withoutScore = 3.5;

        assertThat(cause().sentence()).isEqualTo("verifier 'math' holds 312 completions, the oldest for 4 s");
        assertThat(cause().metric()).isEqualTo("pool.math.waiting");
    }

    @Test
    void aFullQueueThatMovesIsNoHangingVerifier() {
        verifiers = List.of(new VerifierQueue("code", 900, 0, Double.NaN));
        scoringHeld = 904;

        assertThat(cause().cause()).isNotEqualTo(Cause.VERIFIER_HANGS);
    }

    @Test
    void aSlowVerifierIsNamed() {
        verifiers = List.of(new VerifierQueue("judge", 405, 0, Double.NaN));
        scoringHeld = 409;
        completionsPerSecond = 3;
        unread = 0;

        assertThat(cause().cause()).isEqualTo(Cause.SCORING_SLOW);
        assertThat(cause().sentence())
                .isEqualTo("scoring is the slowest part: 405 completions wait for verifier 'judge'");
    }

    @Test
    void stragglers() {
        straggler = Optional.of(new Straggler("run/0/p-17", 2, 16, 35));

        assertThat(cause().cause()).isEqualTo(Cause.STRAGGLERS);
        assertThat(cause().sentence()).isEqualTo("group run/0/p-17 waits for 2 of 16 samples since 35 s");
        assertThat(cause().metric()).isEqualTo("oldestGroupAgeMilliseconds");
    }

    @Test
    void withoutGeneratorsStragglersAreAConsequence() {
        straggler = Optional.of(new Straggler("run/0/p-17", 2, 16, 35));
        generators = OptionalInt.of(0);
        withoutCompletion = 35;

        assertThat(findings()).extracting(Finding::cause).containsExactly(Cause.NO_GENERATOR, Cause.STRAGGLERS);
    }

    @Test
    void staleDrops() {
        recent = new Endings(30, 20, 980, 0, 0);

        assertThat(cause().cause()).isEqualTo(Cause.STALE_DROPS);
        assertThat(cause().sentence()).isEqualTo("98% of completions are dropped as stale (980 of 1,000 in 30 s)");
        assertThat(cause().metric()).isEqualTo("staleCompletions");
    }

    @Test
    void aFewStaleCompletionsAreNoCause() {
        recent = new Endings(30, 0, 8, 0, 0);

        assertThat(cause().cause()).isEqualTo(Cause.GENERATORS_SLOW);
    }

    @Test
    void aSlowTrainer() {
        waitingMicroBatches = 12;
        trainerBusy = 0.97;

        assertThat(cause().cause()).isEqualTo(Cause.TRAINER_SLOW);
        assertThat(cause().sentence())
                .isEqualTo("the trainer is the slowest part: 12 micro-batches wait, it computes 97% of the time");
        assertThat(cause().metric()).isEqualTo("waitingMicroBatches");
    }

    @Test
    void aTrainerInALongStepIsSlowBeforeTheStepIsMade() {
        waitingMicroBatches = 12;
        trainerBusy = Double.NaN;
        withoutStep = 20;

        assertThat(cause().sentence())
                .isEqualTo("the trainer is the slowest part: 12 micro-batches wait, its step takes 20 s so far");
    }

    @Test
    void whatStandsStillComesBeforeWhatIsWasteful() {
        recent = new Endings(30, 20, 980, 0, 0);
        generators = OptionalInt.of(0);
        withoutCompletion = 10;

        assertThat(findings()).extracting(Finding::cause).containsExactly(Cause.NO_GENERATOR, Cause.STALE_DROPS);
    }

    @Test
    void aJobThatIsNotRunning() {
        jobState = Optional.of("RESTARTING");

        assertThat(cause().sentence()).isEqualTo("the Flink job is RESTARTING");
    }

    @Test
    void completionsThatPileUpPointToScoring() {
        unread = 4_000;

        assertThat(cause().cause()).isEqualTo(Cause.SCORING_SLOW);
    }

    @Test
    void aFinishedRunIsNotStuck() {
        step = 100;
        generators = OptionalInt.of(0);
        withoutCompletion = 1000;

        assertThat(findings()).extracting(Finding::cause).containsExactly(Cause.FINISHED);
    }
}
