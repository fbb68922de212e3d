package io.tramontane.tests.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.jobs.kernel.flink.LocalFlink;
import io.tramontane.jobs.ledger.CompletionState;
import io.tramontane.jobs.ledger.Expectations;
import io.tramontane.jobs.ledger.Ledger;
import io.tramontane.jobs.ledger.LedgerReport;
import io.tramontane.kafka.records.StartAt;
import io.tramontane.kafka.records.TopicTail;
import io.tramontane.kafka.testing.BrokerExtension;
import io.tramontane.kafka.testing.TestRun;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.Prompt;
import io.tramontane.schemas.Step;
import io.tramontane.tests.flink.FlinkExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that is stopped with a savepoint and goes on with admission, scoring, grouping and advantages at parallelism 2,
 * and again at 1, while completions keep coming, each twice. Nothing may be lost or trained twice on the way.
 */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
@ExtendWith({BrokerExtension.class, FlinkExtension.class})
class RescaleITCase {

    private static final int STEPS_A_PHASE = 3;
    private static final List<Integer> PARALLELISMS = List.of(1, 2, 1);

    /** Answers every prompt as it comes; the last sample a prompt later, so that there are always open groups. */
    private static final class Answering implements AutoCloseable {

        private final TestRun run;
        private final CompletableFuture<Void> running;
        private volatile boolean stopped;

        Answering(TestRun run) {
            this.run = run;
            running = CompletableFuture.runAsync(this::answer);
        }

        private void answer() {
            Prompt before = null;
            try (var prompts =
                            new TopicTail<>(run.kafka(), Topic.PROMPTS, run.runId(), Prompt.class, StartAt.BEGINNING);
                    Answers answers = new Answers(run.kafka(), run.runId())) {
                while (!stopped) {
                    for (Prompt prompt : prompts.poll(Duration.ofMillis(100))) {
                        answers.send(prompt, 0, 1, 2, 0, 1);
                        if (before != null) {
                            answers.send(before, 3, 2);
                        }
                        before = prompt;
                    }
                }
            }
        }

        @Override
        public void close() {
            stopped = true;
            running.join();
        }
    }

    @Test
    void nothingIsLostOrTrainedTwiceFromOneToTwoAndBack(TestRun run, LocalFlink flink, @TempDir Path folder)
            throws Exception {
        SmallJob jobs = new SmallJob(run.kafka(), run.runId(), flink, folder);
        Optional<Path> savepoint = Optional.empty();
        try (Answering answering = new Answering(run)) {
            assertThat(answering.running).isNotDone();
            for (int parallelism : PARALLELISMS) {
                int before = jobs.steps().size();
                JobID job = jobs.start(parallelism, 1_000, savepoint);
                jobs.awaitStep(job, before + STEPS_A_PHASE);
                savepoint = Optional.of(jobs.stop(job));
            }
        }

        LedgerReport report = new Ledger(run.kafka(), run.runId(), Expectations.ofClosed()).audit();
        List<Step> steps = jobs.steps();
        assertThat(report.violations().first()).isEmpty();
        assertThat(report.training().steps()).isEqualTo(steps.size());
        assertThat(report.training().incarnations()).isEqualTo(PARALLELISMS.size());
        assertThat(report.deliveries().duplicates()).isPositive();
        assertThat(report.count(CompletionState.TRAINED))
                .isEqualTo((long) steps.size() * SmallJob.GROUPS_PER_BATCH * SmallJob.GROUP_SIZE);
        assertThat(steps)
                .extracting(Step::getStep)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, steps.size()).boxed().toList());
        assertThat(steps).extracting(Step::getIncarnation).contains(1L, 2L, 3L);
        assertThat(steps).extracting(Step::getWeightsHash).doesNotHaveDuplicates();
    }
}
