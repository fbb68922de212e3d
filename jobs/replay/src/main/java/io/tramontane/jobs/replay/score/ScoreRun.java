package io.tramontane.jobs.replay.score;

import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.flink.FlinkConfiguration;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.run.console.RunConsole;
import io.tramontane.jobs.run.local.LocalServices;
import io.tramontane.jobs.topology.ScoreTopology;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.records.TopicReader;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.kafka.topics.TopicAdmin;
import io.tramontane.pipeline.io.PipelineTopics.Extent;
import io.tramontane.schemas.DeadLetter;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.Outcome;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Sends recorded completions through Kafka and the operators of training up to the advantages, and says what came out.
 * Used by one thread.
 */
public final class ScoreRun {

    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(15);

    private final TramontaneConfig config;
    private final RunDirectory directory;
    private final RunConsole console;

    public ScoreRun(TramontaneConfig config, RunDirectory directory, RunConsole console) {
        this.config = config;
        this.directory = directory;
        this.console = console;
    }

    /** A loader with the settings for completions that end in {@code A: <answer>} and have no thoughts. */
    public static ConfigLoader<TramontaneConfig> settings() {
        return TramontaneConfig.loader().preset(ScoreRun.class, "recorded.yaml");
    }

    /**
     * Scores the completions.
     *
     * @return what came out
     * @throws RunFailure when Kafka or Flink do not come up or the job fails
     */
    public Result run(List<RecordedProblem> problems) throws IOException, InterruptedException {
        FileLock claim = directory.claim();
        try (LocalServices services = LocalServices.start(config, directory)) {
            return score(services, problems);
        } finally {
            claim.acquiredBy().close();
        }
    }

    /**
     * What came out.
     *
     * @param completions that are in a group
     * @param labelled those with a label
     * @param disagreements verdicts that are not what the label says
     */
    public record Result(
            long completions, long right, long groups, long zeroVariance, long labelled, long disagreements) {

        static Result of(ScoreStatistics statistics) {
            return new Result(
                    statistics.completions().all(),
                    statistics.completions().right(),
                    statistics.groups(),
                    statistics.groups(GroupFate.ZERO_VARIANCE),
                    statistics.labelled(),
                    statistics.disagreements().size());
        }
    }

    private Result score(LocalServices services, List<RecordedProblem> problems) throws InterruptedException {
        KafkaSettings kafka = services.kafka();
        String runId = directory.id();
        try (TopicAdmin topics = new TopicAdmin(kafka)) {
            topics.createMissing(runId);
        }
        long started = System.nanoTime();
        CompletionFeed feed = new CompletionFeed(runId, System.currentTimeMillis());
        feed.write(kafka, problems);
        long written = problems.stream()
                .mapToLong(problem -> problem.completions().size())
                .sum();
        console.say(
                "completions",
                "%,d of %,d problems, in Kafka after %.1f s",
                written,
                problems.size(),
                (System.nanoTime() - started) / 1e9);

        double seconds = executeJob(services, runId);

        ScoreStatistics statistics = new ScoreStatistics(labels(feed, problems));
        TopicReader.forEach(kafka, Topic.GROUPS, runId, Group.class, record -> statistics.add(record.value()));
        console.print(ScoreReport.of(statistics, written, dropped(kafka, runId), seconds));
        return Result.of(statistics);
    }

    /** Seconds from the job's start to its end. */
    private double executeJob(LocalServices services, String runId) throws InterruptedException {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(
                FlinkConfiguration.of(config.flink(), directory.checkpoints()));
        ScoreTopology.build(
                environment,
                runId,
                services.kafka(),
                config.pipeline(),
                config.reward(),
                Extent.UP_TO_NOW,
                TRANSACTION_TIMEOUT);
        var graph = environment.getStreamGraph();
        graph.setJobName("Tramontane score " + runId);
        JobID jobId = new JobID();
        services.flink().submit(graph, jobId, Optional.empty());
        JobResult result = services.flink().awaitFinished(jobId, "the scoring job");
        return result.getNetRuntime() / 1e3;
    }

    private static Map<String, Boolean> labels(CompletionFeed feed, List<RecordedProblem> problems) {
        Map<String, Boolean> labels = new HashMap<>();
        for (RecordedProblem problem : problems) {
            for (int sample = 0; sample < problem.completions().size(); sample++) {
                String id = feed.completionId(problem, sample);
                problem.completions().get(sample).label().ifPresent(label -> labels.put(id, label));
            }
        }
        return labels;
    }

    /** Completions that are in no group, by reason. */
    private static String dropped(KafkaSettings kafka, String runId) {
        Map<String, Integer> reasons = new TreeMap<>();
        TopicReader.forEach(kafka, Topic.OUTCOMES, runId, Outcome.class, record -> {
            if (record.value().getCompletionId() != null) {
                reasons.merge(
                        record.value().getDropReason().toString(),
                        record.value().getCompletions(),
                        Integer::sum);
            }
        });
        TopicReader.forEach(
                kafka,
                Topic.DEAD_LETTERS,
                runId,
                DeadLetter.class,
                record -> reasons.merge("MALFORMED (" + record.value().getCause() + ")", 1, Integer::sum));
        return reasons.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }
}
