package io.tramontane.jobs.evaluation;

import io.tramontane.jobs.data.dataset.DatasetException;
import io.tramontane.jobs.data.dataset.Problem;
import io.tramontane.jobs.data.dataset.ProblemSet;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.records.TopicReader;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.composition.RewardFunction;
import io.tramontane.rewards.composition.ScoreCard;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.ScoredCompletion;
import io.tramontane.schemas.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Evaluates the completions that a run has recorded while it trained, with the verdicts they got then. Each group
 * counts as a problem of its own: its completions come from one policy, or nearly so; those of the same problem in
 * another epoch do not.
 */
public final class RecordedEvaluation {

    private RecordedEvaluation() {}

    /**
     * The outcomes of all groups, trained or not, in the order in which they were finished.
     *
     * @param firstStep only groups trained from this step on; with {@code lastStep} {@link Long#MAX_VALUE}, 1 is all
     *     groups
     * @param lastStep the last such step
     * @param rewards takes completions apart and compares answers; they are not scored again
     */
    public static List<ProblemOutcome> outcomes(
            KafkaSettings kafka, String runId, long firstStep, long lastStep, RewardFunction rewards) {
        boolean everything = firstStep <= 1 && lastStep == Long.MAX_VALUE;
        Set<String> wanted = everything ? Set.of() : trained(kafka, runId, firstStep, lastStep);
        List<ProblemOutcome> outcomes = new ArrayList<>();
        TopicReader.forEach(kafka, Topic.GROUPS, runId, Group.class, record -> {
            Group group = record.value();
            boolean chosen = everything || wanted.contains(group.getGroupId());
            if (chosen && !group.getCompletions().isEmpty()) {
                outcomes.add(outcome(group, rewards));
            }
        });
        return outcomes;
    }

    /**
     * The outcomes of problems over the whole run, the completions of all epochs together, by id. Problems without a
     * completion are missing.
     *
     * @param problems as the policy read them; completions of others do not count
     * @param rewards takes completions apart and compares answers; they are not scored again
     * @throws DatasetException when the run has asked a problem otherwise than it stands here, or had another reference
     *     for it: its verdicts then say nothing about this one
     */
    public static Map<String, ProblemOutcome> byProblem(
            KafkaSettings kafka, String runId, ProblemSet problems, RewardFunction rewards) {
        Map<String, Problem> wanted =
                problems.problems().stream().collect(Collectors.toMap(Problem::id, Function.identity()));
        // Groups come in no fixed order from several partitions.
        Map<String, SortedMap<String, GradedProblem>> groups = new HashMap<>();
        TopicReader.forEach(kafka, Topic.GROUPS, runId, Group.class, record -> {
            Group group = record.value();
            Problem problem = wanted.get(group.getProblemId());
            if (problem != null && !group.getCompletions().isEmpty()) {
                GradedProblem graded = new GradedProblem(rewards);
                for (ScoredCompletion scored : group.getCompletions()) {
                    requireSame(problem, scored.getCompletion(), runId);
                    add(graded, scored);
                }
                groups.computeIfAbsent(problem.id(), id -> new TreeMap<>()).put(group.getGroupId(), graded);
            }
        });
        Map<String, ProblemOutcome> outcomes = new HashMap<>();
        groups.forEach((id, found) -> {
            GradedProblem all = new GradedProblem(rewards);
            found.values().forEach(all::addAll);
            outcomes.put(id, all.outcome(id, wanted.get(id).language(), ""));
        });
        return outcomes;
    }

    private static void requireSame(Problem problem, Completion completion, String runId) {
        String different = !completion.getProblem().equals(problem.text())
                ? "text"
                : completion.getReference().equals(problem.reference()) ? "" : "reference";
        if (!different.isEmpty()) {
            throw new DatasetException("problem " + problem.id() + " has another " + different + " in run " + runId
                    + " than in the dataset, so that the run's verdicts do not hold for it");
        }
    }

    private static Set<String> trained(KafkaSettings kafka, String runId, long firstStep, long lastStep) {
        Set<String> groups = new HashSet<>();
        TopicReader.forEach(kafka, Topic.STEPS, runId, Step.class, record -> {
            Step step = record.value();
            if (step.getStep() >= firstStep && step.getStep() <= lastStep) {
                groups.addAll(step.getGroupIds());
            }
        });
        return groups;
    }

    private static ProblemOutcome outcome(Group group, RewardFunction rewards) {
        GradedProblem graded = new GradedProblem(rewards);
        for (ScoredCompletion scored : group.getCompletions()) {
            add(graded, scored);
        }
        // Classed by their own rewards, hard groups would be those that went badly by chance as well.
        return graded.outcome(group.getGroupId(), group.getLanguage(), "");
    }

    private static void add(GradedProblem graded, ScoredCompletion scored) {
        graded.add(RewardRequest.of(scored.getCompletion()), new ScoreCard(scored.getReward(), scored.getComponents()));
    }
}
