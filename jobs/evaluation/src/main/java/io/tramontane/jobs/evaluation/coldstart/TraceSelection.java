package io.tramontane.jobs.evaluation.coldstart;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.records.TopicReader;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.policy.training.TokenSequence;
import io.tramontane.rewards.composition.ScoreCard;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.FinishReason;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.Identity;
import io.tramontane.schemas.PackedNumbers;
import io.tramontane.schemas.ScoredCompletion;
import io.tramontane.schemas.WeightSpan;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses among the completions of a run those to learn from: the correct ones that ended by themselves, the first of
 * each problem, then the first of all problems. A text counts once a problem. What is chosen depends on the completions
 * and not on the order in which their groups are read. Holds no more than it may choose. Not thread-safe.
 */
public final class TraceSelection {

    private final TraceSettings settings;
    private final long seed;
    private final int positions;
    private final Comparator<Trace> order;
    /** By problem and text. */
    private final Map<String, Map<String, Trace>> chosen = new HashMap<>();

    private long completions;
    private long correct;
    private long tooLong;

    /**
     * @param seed of what is drawn
     * @param positions the longest sequence, prompt and completion together, that the student takes
     */
    public TraceSelection(TraceSettings settings, long seed, int positions) {
        this.settings = settings;
        this.seed = seed;
        this.positions = positions;
        Comparator<Trace> drawn = Comparator.comparingLong(Trace::lot).thenComparing(Trace::completionId);
        this.order = settings.order() == TraceSettings.Order.RANDOM
                ? drawn
                : Comparator.comparingLong(Trace::version).reversed().thenComparing(drawn);
    }

    /** Adds all groups of a run, trained or not: those that the policy always solves are dropped by training only. */
    public void addAll(KafkaSettings kafka, String runId) {
        TopicReader.forEach(kafka, Topic.GROUPS, runId, Group.class, record -> add(record.value()));
    }

    /** Adds the completions of a group. */
    public void add(Group group) {
        for (ScoredCompletion scored : group.getCompletions()) {
            completions++;
            // A truncated completion would teach never to end.
            if (isWanted(scored) && scored.getCompletion().getFinishReason() == FinishReason.STOP) {
                correct++;
                add(group.getProblemId(), scored.getCompletion());
            }
        }
    }

    private boolean isWanted(ScoredCompletion scored) {
        ScoreCard card = new ScoreCard(scored.getReward(), scored.getComponents());
        return card.correct() && (card.languageConsistent() || !settings.languageConsistent());
    }

    private void add(String problemId, Completion completion) {
        Trace trace = trace(completion);
        TokenSequence sequence = trace.sequence();
        if (sequence.promptTokens().length + sequence.completionTokens().length > positions) {
            tooLong++;
            return;
        }
        Map<String, Trace> ofProblem = chosen.computeIfAbsent(problemId, none -> new HashMap<>());
        ofProblem.merge(completion.getText(), trace, (one, other) -> order.compare(one, other) <= 0 ? one : other);
        if (ofProblem.size() > settings.perProblem()) {
            ofProblem.values().remove(Collections.max(ofProblem.values(), order));
        }
    }

    private Trace trace(Completion completion) {
        List<WeightSpan> spans = completion.getSpans();
        return new Trace(
                completion.getCompletionId(),
                spans.isEmpty() ? 0 : spans.get(spans.size() - 1).getVersion(),
                Identity.seed(seed, completion.getCompletionId()),
                new TokenSequence(
                        PackedNumbers.toInts(completion.getPromptTokens()),
                        PackedNumbers.toInts(completion.getCompletionTokens())));
    }

    /** The traces to learn from, in their order. */
    public List<Trace> traces() {
        return chosen.values().stream()
                .flatMap(ofProblem -> ofProblem.values().stream())
                .sorted(order)
                .limit(settings.maximum())
                .toList();
    }

    /** Completions added. */
    public long completions() {
        return completions;
    }

    /** Those of them that may be learnt from. */
    public long correct() {
        return correct;
    }

    /** Those of the correct ones that are longer than the student's positions. */
    public long tooLong() {
        return tooLong;
    }
}
