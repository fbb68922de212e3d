package io.tramontane.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.broker.EmbeddedBroker;
import io.tramontane.kafka.records.TopicReader;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.kafka.topics.TopicAdmin;
import io.tramontane.kafka.weights.WeightsTransportSettings;
import io.tramontane.pipeline.admission.AdmissionSettings;
import io.tramontane.pipeline.advantage.AdvantageSettings;
import io.tramontane.pipeline.advantage.KeepGroup;
import io.tramontane.pipeline.batching.BatchingSettings;
import io.tramontane.pipeline.batching.BatchingWiring;
import io.tramontane.pipeline.curriculum.Curriculum;
import io.tramontane.pipeline.grouping.AtDeadline;
import io.tramontane.pipeline.grouping.GroupingSettings;
import io.tramontane.pipeline.io.PipelineTopics;
import io.tramontane.pipeline.io.RecordLimits;
import io.tramontane.pipeline.scheduling.ProblemSource;
import io.tramontane.pipeline.scheduling.RunPlan;
import io.tramontane.pipeline.scheduling.SchedulerWiring;
import io.tramontane.pipeline.scheduling.SchedulingMode;
import io.tramontane.pipeline.scheduling.SchedulingSettings;
import io.tramontane.pipeline.scheduling.SourceProblem;
import io.tramontane.pipeline.scored.ScoredGroups;
import io.tramontane.pipeline.scoring.TestRewards;
import io.tramontane.pipeline.training.DelegatingLearner;
import io.tramontane.pipeline.training.FakeLearner;
import io.tramontane.pipeline.training.KafkaWeightsOutlet;
import io.tramontane.pipeline.training.Learner;
import io.tramontane.pipeline.training.TrainerWiring;
import io.tramontane.pipeline.training.TrainingSettings;
import io.tramontane.policy.objective.AdvantageNormalisation;
import io.tramontane.policy.objective.composition.LossSettings;
import io.tramontane.policy.training.MicroBatchStatistics;
import io.tramontane.policy.training.OptimizerSettings;
import io.tramontane.policy.training.TrainerState;
import io.tramontane.policy.training.TrainingSequence;
import io.tramontane.rewards.Grade;
import io.tramontane.rewards.composition.RewardFunction;
import io.tramontane.rewards.composition.WeightedGrader;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.DeadLetter;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.Prompt;
import io.tramontane.schemas.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole loop on Kafka and Flink with a generator and a learner of our own, through a failure of the trainer. */
class PipelineITCase {

    private static final long STEPS = 6;
    private static final int GROUPS_PER_BATCH = 3;
    private static final Duration GROUP_DEADLINE = Duration.ofSeconds(2);
    private static final int CREDITS = 6;
    /** Until it is open the trainer stands in its second step. */
    private static final CountDownLatch TRAINER_GOES_ON = new CountDownLatch(1);

    private static final AtomicBoolean FAILURE_DUE = new AtomicBoolean(true);

    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    @TempDir
    Path directory;

    /** Fails once, in the middle of the fourth step. */
    private static final class FailingLearner extends DelegatingLearner {

        private FailingLearner(Learner learner) {
            super(learner);
        }

        static Learner create(Optional<TrainerState> restored) {
            return new FailingLearner(FakeLearner.create(restored));
        }

        @Override
        public MicroBatchStatistics accumulate(List<TrainingSequence> microBatch) {
            if (steps() == 1) {
                awaitQuietly(TRAINER_GOES_ON);
            }
            if (steps() == 3 && FAILURE_DUE.getAndSet(false)) {
                throw new IllegalStateException("as the test wants it");
            }
            return super.accumulate(microBatch);
        }
    }

    private record Problems(int size) implements ProblemSource {
        @Override
        public SourceProblem get(int index) {
            return new SourceProblem("p" + index, "problem", "7", "numeric", "en");
        }
    }

    /** Sample 0 is right; in every fifth problem all are. */
    private static RewardFunction scorer() {
        return TestRewards.of(new WeightedGrader(
                "correctness",
                (request, parsed) -> request.completionId().endsWith("/0")
                                || request.groupId().endsWith("5")
                        ? Grade.correct("")
                        : Grade.wrong(""),
                1));
    }

    private StreamExecutionEnvironment environment() {
        Configuration configuration = UnscheduledJob.configuration(directory, Duration.ofMillis(200));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        return StreamExecutionEnvironment.getExecutionEnvironment(configuration).setParallelism(2);
    }

    private void build(StreamExecutionEnvironment environment, KafkaSettings kafka) {
        var topics = new PipelineTopics(kafka, TestCompletion.RUN, Duration.ofMinutes(1));
        var staleness = new StalenessSettings(100);
        var completions = topics.completions(
                environment, new RecordLimits(1 << 20, 10_000, 1_000, 64, 100), PipelineTopics.Extent.UNBOUNDED);
        var manifests = topics.weightsManifests(environment, PipelineTopics.Extent.UNBOUNDED);
        var outcomes = topics.outcomes(environment);
        var scored = ScoredGroups.attach(
                completions,
                manifests,
                PipelineITCase::scorer,
                new ScoredGroups.Settings(
                        staleness,
                        new AdmissionSettings(Duration.ofHours(1)),
                        TestRewards.settings(2, Duration.ofSeconds(5), Duration.ofSeconds(30)),
                        new GroupingSettings(GROUP_DEADLINE, Duration.ofHours(1), 1 << 20),
                        AdvantageSettings.of(KeepGroup.REWARD_DIFFERS)),
                AtDeadline.ASK_ONCE);
        var curriculum = Curriculum.none(8, GROUPS_PER_BATCH * TestCompletion.GROUP_SIZE, CREDITS);
        var batching = BatchingWiring.attach(
                scored.groups(),
                new BatchingSettings(
                        GROUPS_PER_BATCH * TestCompletion.GROUP_SIZE, 20, AdvantageNormalisation.MINIBATCH),
                staleness,
                curriculum,
                1);
        var trainer = TrainerWiring.attach(
                batching.microBatches(),
                TestCompletion.RUN,
                new TrainingSettings(
                        STEPS, new OptimizerSettings(0.01, 0, 0.9, 0.95, 1e-8, 0, 1), LossSettings.of("grpo")),
                FailingLearner::create,
                KafkaWeightsOutlet.to(
                        kafka, TestCompletion.RUN, new WeightsTransportSettings(1 << 16, 3, Duration.ofSeconds(10))));
        var prompts = SchedulerWiring.attach(
                environment,
                outcomes,
                scored.requests(),
                new RunPlan(TestCompletion.RUN, 1, curriculum),
                new SchedulingSettings(
                        SchedulingMode.ASYNC, TestCompletion.GROUP_SIZE, CREDITS, 1, 8, Duration.ofMinutes(5)),
                new Problems(1_000));
        topics.writePrompts(prompts);
        topics.writeGroups(scored.groups());
        topics.writeSteps(trainer.steps());
        topics.writeOutcomes(scored.outcomes().union(batching.outcomes(), trainer.outcomes()));
        topics.writeDeadLetters(completions
                .getSideOutput(SideOutputs.DEAD_LETTERS)
                .union(
                        manifests.getSideOutput(SideOutputs.DEAD_LETTERS),
                        outcomes.getSideOutput(SideOutputs.DEAD_LETTERS)));
    }

    @Test
    void trainsEachGroupOnceThroughAFailure(@InjectMiniCluster MiniCluster flink) throws Exception {
        try (var broker = EmbeddedBroker.start(directory.resolve("broker"))) {
            var kafka = new KafkaSettings(broker.bootstrapServers(), Map.of());
            try (var admin = new TopicAdmin(kafka)) {
                admin.createMissing(TestCompletion.RUN);
            }
            StreamExecutionEnvironment environment = environment();
            build(environment, kafka);
            JobClient job;
            TestGenerator generator = new TestGenerator(kafka);
            try (generator) {
                generator.start();
                job = environment.executeAsync();
                awaitStandstillWithinTheCredits(kafka);
                // No fourth step, which fails, before checkpoints hold all that was asked for, and nothing to ask for
                // between them and the failure: what a failure undoes is asked for again.
                generator.pause();
                TRAINER_GOES_ON.countDown();
                awaitCheckpointsWithoutAnythingAsked(flink, job, kafka);
                generator.goOn(FAILURE_DUE::get);
                Awaitility.await()
                        .atMost(Duration.ofMinutes(2))
                        .until(() -> steps(kafka).size() == STEPS
                                && groups(kafka).stream().anyMatch(generator::comesLate)
                                && groups(kafka).stream().anyMatch(generator::staysIncomplete));
            }
            job.cancel().get();

            assertThat(unfinishedGroups(kafka))
                    .as("what waits after the last step is bounded by the credits")
                    .isLessThanOrEqualTo(CREDITS);
            List<Step> steps = steps(kafka);
            assertThat(FAILURE_DUE).isFalse();
            assertThat(steps)
                    .extracting(Step::getStep)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, STEPS).boxed().toList());
            assertThat(steps).extracting(Step::getWeightsHash).doesNotHaveDuplicates();
            assertThat(steps.get((int) STEPS - 1).getIncarnation()).isEqualTo(2);
            assertThat(steps.stream().flatMap(step -> step.getGroupIds().stream()))
                    .hasSize((int) STEPS * GROUPS_PER_BATCH)
                    .doesNotHaveDuplicates();

            List<Group> groups = groups(kafka);
            assertThat(groups).extracting(Group::getGroupId).doesNotHaveDuplicates();
            assertThat(groups).extracting(Group::getFate).contains(GroupFate.TRAINABLE, GroupFate.ZERO_VARIANCE);
            List<DeadLetter> letters =
                    TopicReader.readAll(kafka, Topic.DEAD_LETTERS, TestCompletion.RUN, DeadLetter.class);
            assertThat(letters).hasSize(TestGenerator.UNREADABLE_RECORDS);
            assertThat(TopicReader.readAll(kafka, Topic.OUTCOMES, TestCompletion.RUN, Outcome.class))
                    .anyMatch(outcome -> outcome.getCompletionId() != null);

            // What was late was asked for once; what never came ended its group.
            assertThat(groups)
                    .filteredOn(generator::comesLate)
                    .allSatisfy(group -> assertThat(group.getCompletions()).hasSize(TestCompletion.GROUP_SIZE));
            assertThat(groups).filteredOn(generator::staysIncomplete).allSatisfy(group -> {
                assertThat(group.getFate()).isEqualTo(GroupFate.INCOMPLETE);
                assertThat(group.getCompletions()).hasSize(TestCompletion.GROUP_SIZE - 1);
            });
            Set<String> ended = groups.stream().map(Group::getGroupId).collect(Collectors.toSet());
            assertThat(TopicReader.readAll(kafka, Topic.PROMPTS, TestCompletion.RUN, Prompt.class))
                    .filteredOn(prompt -> !prompt.getSamples().isEmpty() && ended.contains(prompt.getGroupId()))
                    .isNotEmpty()
                    .allSatisfy(
                            prompt -> assertThat(prompt.getSamples()).containsExactly(TestCompletion.GROUP_SIZE - 1))
                    .extracting(Prompt::getGroupId)
                    .doesNotHaveDuplicates();
        }
    }

    /** A generator that answers at once fills the credits and no more, however long the trainer takes. */
    private static void awaitStandstillWithinTheCredits(KafkaSettings kafka) {
        AtomicInteger completions = new AtomicInteger(-1);
        Awaitility.await()
                .during(GROUP_DEADLINE.multipliedBy(3))
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    int unfinished = unfinishedGroups(kafka);
                    assertThat(unfinished).isLessThanOrEqualTo(CREDITS);
                    int now = TopicReader.readAll(kafka, Topic.COMPLETIONS, TestCompletion.RUN, Completion.class)
                            .size();
                    return completions.getAndSet(now) == now && unfinished == CREDITS;
                });
    }

    /** Two, since the first may have begun before. */
    private static void awaitCheckpointsWithoutAnythingAsked(MiniCluster flink, JobClient job, KafkaSettings kafka) {
        AtomicInteger asked = new AtomicInteger(-1);
        AtomicLong since = new AtomicLong();
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
            int now = TopicReader.readAll(kafka, Topic.PROMPTS, TestCompletion.RUN, Prompt.class)
                    .size();
            long completed = flink.getExecutionGraph(job.getJobID())
                    .get()
                    .getCheckpointStatsSnapshot()
                    .getCounts()
                    .getNumberOfCompletedCheckpoints();
            if (asked.getAndSet(now) != now) {
                since.set(completed);
            }
            return completed >= since.get() + 2;
        });
    }

    private static int unfinishedGroups(KafkaSettings kafka) {
        // Prompts first: what is issued meanwhile must not be missing its predecessor's outcome.
        Set<String> issued = TopicReader.readAll(kafka, Topic.PROMPTS, TestCompletion.RUN, Prompt.class).stream()
                .map(Prompt::getGroupId)
                .collect(Collectors.toCollection(HashSet::new));
        TopicReader.readAll(kafka, Topic.OUTCOMES, TestCompletion.RUN, Outcome.class).stream()
                .filter(outcome -> outcome.getCompletionId() == null)
                .forEach(outcome -> issued.remove(outcome.getGroupId()));
        return issued.size();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Group> groups(KafkaSettings kafka) {
        return TopicReader.readAll(kafka, Topic.GROUPS, TestCompletion.RUN, Group.class);
    }

    private static List<Step> steps(KafkaSettings kafka) {
        return TopicReader.readAll(kafka, Topic.STEPS, TestCompletion.RUN, Step.class);
    }
}
