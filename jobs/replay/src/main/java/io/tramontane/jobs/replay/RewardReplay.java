package io.tramontane.jobs.replay;

import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.flink.FlinkConfiguration;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.run.local.LocalServices;
import io.tramontane.jobs.topology.ReplayTopology;
import io.tramontane.jobs.topology.Selection;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.records.TopicReader;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.kafka.topics.TopicAdmin;
import io.tramontane.kafka.topics.TopicStatus;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Scores the completions of a recorded run again, under other rewards, and compares. Used by one thread. */
public final class RewardReplay {

    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(15);
    private static final int CHANGES_SHOWN = 50;

    /**
     * Which part of the run.
     *
     * @param firstStep the first step whose groups take part; 1 together with no last step for all groups, trained or
     *     not
     * @param lastStep the last such step
     * @param from beginning of the span in which completions were finished
     * @param to its end
     */
    public record Part(
            Optional<Long> firstStep, Optional<Long> lastStep, Optional<Instant> from, Optional<Instant> to) {

        /** The whole run. */
        public static final Part EVERYTHING =
                new Part(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        boolean isStepRange() {
            return firstStep.isPresent() || lastStep.isPresent();
        }

        boolean holds(Step step) {
            return step.getStep() >= firstStep.orElse(1L) && step.getStep() <= lastStep.orElse(Long.MAX_VALUE);
        }
    }

    /**
     * What came out.
     *
     * @param comparison with the run
     * @param changes the first completions with other verdicts, for a page
     * @param changesFile all of them
     * @param jobSeconds the replay's job took
     * @param runSeconds the run took from its first completion to its last step; empty when it has no step
     */
    record Result(
            RewardComparison comparison,
            List<ChangedCompletion> changes,
            Path changesFile,
            double jobSeconds,
            Optional<Double> runSeconds) {}

    private final TramontaneConfig config;
    private final String runId;
    private final ReplayDirectory directory;

    /**
     * @param config with the rewards to replay under
     * @param runId the recorded run
     * @param directory where the results go
     */
    RewardReplay(TramontaneConfig config, String runId, ReplayDirectory directory) {
        this.config = config;
        this.runId = runId;
        this.directory = directory;
    }

    /**
     * Scores and compares. The groups of the replay lie in topics of its own afterwards.
     *
     * @throws ReplayException when a replay of that name is there already, or the run has no such part any more
     * @throws RunFailure when the job fails
     */
    Result run(LocalServices services, Part part) throws IOException, InterruptedException {
        KafkaSettings kafka = services.kafka();
        try (TopicAdmin topics = new TopicAdmin(kafka)) {
            requireRecorded(topics, part);
            if (topics.createMissing(directory.id()).isEmpty()) {
                throw new ReplayException("a replay named " + directory.name() + " is there already: choose another");
            }
        }
        double jobSeconds = execute(services, selection(kafka, part));

        List<ChangedCompletion> shown = new ArrayList<>();
        try (ChangedCompletionFile file = new ChangedCompletionFile(directory.changes())) {
            RewardComparison comparison = new RewardComparison(change -> {
                file.write(change);
                if (shown.size() < CHANGES_SHOWN) {
                    shown.add(change);
                }
            });
            long[] firstStart = {Long.MAX_VALUE};
            TopicReader.forEach(kafka, Topic.GROUPS, runId, Group.class, record -> {
                comparison.addOriginal(record.value());
                record.value()
                        .getCompletions()
                        .forEach(scored -> firstStart[0] =
                                Math.min(firstStart[0], scored.getCompletion().getStartedAt()));
            });
            TopicReader.forEach(
                    kafka, Topic.GROUPS, directory.id(), Group.class, record -> comparison.addReplayed(record.value()));
            file.complete();
            return new Result(comparison, shown, directory.changes(), jobSeconds, runSeconds(kafka, firstStart[0]));
        }
    }

    /** Of a group that is deleted in part, the rest would be compared with the whole. */
    private void requireRecorded(TopicAdmin topics, Part part) {
        TopicStatus completions = topics.describe(Topic.COMPLETIONS, runId);
        if (!completions.exists()) {
            throw new ReplayException("there is no topic " + completions.name()
                    + ": nothing was recorded, or the run's folder, whose name is the run's id, was renamed");
        }
        if (completions.deleted() > 0 && part.equals(Part.EVERYTHING)) {
            throw new ReplayException("the first " + completions.deleted() + " completions of run " + runId
                    + " are deleted; choose what is left with --first-step or --from");
        }
    }

    private Optional<Double> runSeconds(KafkaSettings kafka, long firstStart) {
        return TopicReader.readAll(kafka, Topic.STEPS, runId, Step.class).stream()
                .map(Step::getFinishedAt)
                .max(Long::compare)
                .map(end -> (end - firstStart) / 1e3);
    }

    private Selection selection(KafkaSettings kafka, Part part) {
        Selection selection = Selection.everything();
        if (part.isStepRange()) {
            Set<String> groups = new HashSet<>();
            TopicReader.forEach(kafka, Topic.STEPS, runId, Step.class, record -> {
                if (part.holds(record.value())) {
                    groups.addAll(record.value().getGroupIds());
                }
            });
            if (groups.isEmpty()) {
                throw new ReplayException("run " + runId + " has no such steps");
            }
            selection = selection.ofGroups(groups);
        }
        if (part.from().isPresent() || part.to().isPresent()) {
            selection = selection.finishedBetween(
                    part.from().orElse(Instant.EPOCH), part.to().orElse(Instant.ofEpochMilli(Long.MAX_VALUE)));
        }
        return selection;
    }

    private double execute(LocalServices services, Selection selection) throws InterruptedException {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(
                FlinkConfiguration.of(config.flink(), directory.checkpoints()));
        ReplayTopology.build(
                environment,
                new ReplayTopology.Recorded(runId, directory.id(), selection),
                services.kafka(),
                config.pipeline(),
                config.reward(),
                TRANSACTION_TIMEOUT);
        var graph = environment.getStreamGraph();
        graph.setJobName("Tramontane replay " + directory.id());
        JobID jobId = new JobID();
        services.flink().submit(graph, jobId, Optional.empty());
        JobResult result = services.flink().awaitFinished(jobId, "the replay's job");
        return result.getNetRuntime() / 1e3;
    }
}
