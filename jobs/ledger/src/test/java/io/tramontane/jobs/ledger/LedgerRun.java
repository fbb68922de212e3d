package io.tramontane.jobs.ledger;

import io.tramontane.schemas.Completion;
import io.tramontane.schemas.DeadLetter;
import io.tramontane.schemas.DropReason;
import io.tramontane.schemas.FinishReason;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.Identity;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.OutcomeKind;
import io.tramontane.schemas.PackedNumbers;
import io.tramontane.schemas.ScoredCompletion;
import io.tramontane.schemas.Step;
import io.tramontane.schemas.WeightSpan;
import io.tramontane.schemas.WeightsManifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The records of a run, written by a test in any order and read by the ledger in its own. Times are seconds of the run;
 * groups have {@value #SIZE} samples.
 */
final class LedgerRun {

    static final String ID = "run";
    static final int SIZE = 3;
    private static final String TOPIC = "run.completions";
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private record Delivery(long at, Completion completion) {}

    private record Recorded(long at, Group group) {}

    private final List<Step> steps = new ArrayList<>();
    private final List<WeightsManifest> manifests = new ArrayList<>();
    private final List<Recorded> groups = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();
    /** Null for one that cannot be decoded. */
    private final List<Delivery> deliveries = new ArrayList<>();

    private final Map<Integer, Long> readUpTo = new HashMap<>();

    static String id(String problem) {
        return Identity.groupId(ID, 0, problem);
    }

    static String id(String problem, int sample) {
        return Identity.completionId(id(problem), sample);
    }

    static Completion completion(String problem, int sample, int tokens) {
        float[] logProbs = new float[tokens];
        return Completion.newBuilder()
                .setCompletionId(id(problem, sample))
                .setGroupId(id(problem))
                .setRunId(ID)
                .setSampleIndex(sample)
                .setGroupSize(SIZE)
                .setProblemId(problem)
                .setProblem("How many?")
                .setReference("7")
                .setLanguage("en")
                .setText("text")
                .setPromptTokens(PackedNumbers.ints(new int[] {1}))
                .setCompletionTokens(PackedNumbers.ints(new int[tokens]))
                .setLogProbs(PackedNumbers.floats(logProbs))
                .setSpans(List.of(new WeightSpan(1L, 0L, 0, tokens)))
                .setFinishReason(FinishReason.STOP)
                .setGeneratorId("generator")
                .setStartedAt(1L)
                .setFinishedAt(2L)
                .build();
    }

    LedgerRun step(long number, long incarnation, long at, String... problems) {
        steps.add(Step.newBuilder()
                .setRunId(ID)
                .setStep(number)
                .setIncarnation(incarnation)
                .setGroupIds(Arrays.stream(problems).map(LedgerRun::id).toList())
                .setAdvantageMean(0.0)
                .setAdvantageStd(1.0)
                .setLoss(0.1)
                .setCompletionTokens(10L)
                .setMetrics(Map.of())
                .setWeightsHash("hash" + number)
                .setFinishedAt(1000 * at)
                .build());
        return this;
    }

    LedgerRun manifest(long incarnation, long version, long at, String hash) {
        manifests.add(WeightsManifest.newBuilder()
                .setRunId(ID)
                .setIncarnation(incarnation)
                .setVersion(version)
                .setTensors(List.of())
                .setTotalBytes(4L)
                .setChunkCount(1)
                .setFirstOffset(0L)
                .setCrc32c(0L)
                .setWeightsHash(hash)
                .setPublishedAt(1000 * at)
                .build());
        return this;
    }

    LedgerRun group(String problem, GroupFate fate, long at, int... samples) {
        return group(
                problem,
                fate,
                at,
                IntStream.of(samples)
                        .mapToObj(sample -> completion(problem, sample, 5))
                        .toList());
    }

    LedgerRun group(String problem, GroupFate fate, long at, List<Completion> members) {
        List<ScoredCompletion> scored = members.stream()
                .map(completion -> new ScoredCompletion(completion, 1.0, List.of(), 0.0))
                .toList();
        groups.add(new Recorded(
                at,
                Group.newBuilder()
                        .setGroupId(id(problem))
                        .setRunId(ID)
                        .setProblemId(problem)
                        .setLanguage("en")
                        .setGroupSize(SIZE)
                        .setCompletions(scored)
                        .setRewardMean(0.5)
                        .setRewardStd(0.5)
                        .setFate(fate)
                        .build()));
        return this;
    }

    LedgerRun trained(String problem, long step, long at) {
        outcomes.add(new Outcome(ID, id(problem), null, OutcomeKind.TRAINED, null, step, SIZE, 1000 * at));
        return this;
    }

    LedgerRun dropped(String problem, DropReason reason, long at) {
        outcomes.add(new Outcome(ID, id(problem), null, OutcomeKind.DROPPED, reason, null, SIZE, 1000 * at));
        return this;
    }

    LedgerRun dropped(String problem, int sample, DropReason reason, long at) {
        outcomes.add(
                new Outcome(ID, id(problem), id(problem, sample), OutcomeKind.DROPPED, reason, null, 1, 1000 * at));
        return this;
    }

    LedgerRun outcome(Outcome outcome) {
        outcomes.add(outcome);
        return this;
    }

    LedgerRun deliver(String problem, long at, int... samples) {
        for (int sample : samples) {
            deliver(completion(problem, sample, 5), at);
        }
        return this;
    }

    LedgerRun deliver(Completion completion, long at) {
        deliveries.add(new Delivery(at, completion));
        return this;
    }

    LedgerRun deliverUnreadable(long at) {
        deliveries.add(new Delivery(at, null));
        return this;
    }

    /** A dead letter for the completion delivered as the n-th, from 0. */
    LedgerRun deadLetter(long delivery) {
        deadLetters.add(new DeadLetter(TOPIC, 0, delivery, "broken", null, null, 1L));
        return this;
    }

    /** The job's last checkpoint covers that many deliveries. */
    LedgerRun readUpTo(long deliveriesRead) {
        readUpTo.put(0, deliveriesRead);
        return this;
    }

    LedgerReport running() {
        return audit(new Expectations(false, SETTLING));
    }

    LedgerReport closed() {
        return audit(new Expectations(true, SETTLING));
    }

    LedgerReport forkClosed(long beginning) {
        return audit(new Expectations(true, SETTLING).beginningAfter(beginning));
    }

    private LedgerReport audit(Expectations expectations) {
        var book = new LedgerBook(ID, TOPIC, expectations, readUpTo);
        steps.forEach(book::step);
        manifests.forEach(book::manifest);
        groups.forEach(recorded -> book.group(recorded.group(), 1000 * recorded.at()));
        outcomes.forEach(book::outcome);
        deadLetters.forEach(book::deadLetter);
        book.beginCompletions();
        for (int offset = 0; offset < deliveries.size(); offset++) {
            Delivery delivery = deliveries.get(offset);
            if (delivery.completion() == null) {
                book.unreadableCompletion(0, offset, "garbled");
            } else {
                book.completion(0, offset, 1000 * delivery.at(), delivery.completion());
            }
        }
        return book.close(0);
    }
}
