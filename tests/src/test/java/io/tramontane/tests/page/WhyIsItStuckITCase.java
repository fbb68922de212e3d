package io.tramontane.tests.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tramontane.jobs.page.dashboard.Dashboard;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.broker.EmbeddedBroker;
import io.tramontane.kafka.prompts.PromptQueue;
import io.tramontane.kafka.prompts.PromptQueueSettings;
import io.tramontane.kafka.testing.BrokerExtension;
import io.tramontane.kafka.testing.TestRun;
import io.tramontane.kafka.topics.TopicAdmin;
import io.tramontane.schemas.DropReason;
import io.tramontane.schemas.OutcomeKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What holds a run up is injected into its topics and brokers, and the page names it within ten seconds. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@ExtendWith(BrokerExtension.class)
class WhyIsItStuckITCase {

    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void noGenerator(TestRun run) throws Exception {
        PageTopics topics = new PageTopics(run.kafka(), run.runId());
        try (Dashboard dashboard = PageClient.serve(run.kafka(), run.runId())) {
            PageClient page = new PageClient(dashboard.address());
            await().until(() -> page.cause().equals("NOT_STARTED"));

            topics.prompt("a");
            topics.prompt("b");

            await().atMost(SOON).until(() -> page.cause().equals("NO_GENERATOR"));
            assertThat(page.sentence()).startsWith("no generator is asking for prompts: 2 wait");
        }
    }

    @Test
    void stragglers(TestRun run) throws Exception {
        PageTopics topics = new PageTopics(run.kafka(), run.runId());
        try (PromptQueue generator = new PromptQueue(
                        run.kafka(), run.runId(), new PromptQueueSettings(Duration.ofMinutes(1), 4, 4));
                Dashboard dashboard = PageClient.serve(run.kafka(), run.runId())) {
            PageClient page = new PageClient(dashboard.address());
            // How long a group usually takes says who straggles, and joining the share group is not part of it.
            topics.prompt("quick");
            topics.completions("quick", PageTopics.SIZE);
            topics.outcome("quick", OutcomeKind.TRAINED, null);
            topics.prompt("slow");
            await().until(() -> !generator.poll(Duration.ofMillis(100), 8).isEmpty());
            topics.completions("slow", PageTopics.SIZE - 1);

            await().atMost(SOON).until(() -> page.cause().equals("STRAGGLERS"));
            assertThat(page.sentence()).startsWith("group " + run.runId() + "/0/slow waits for 1 of 4 samples since");
        }
    }

    @Test
    void staleDrops(TestRun run) throws Exception {
        PageTopics topics = new PageTopics(run.kafka(), run.runId());
        try (Dashboard dashboard = PageClient.serve(run.kafka(), run.runId())) {
            PageClient page = new PageClient(dashboard.address());
            topics.outcome("in-time", OutcomeKind.TRAINED, null);
            for (int group = 0; group < 9; group++) {
                topics.outcome("late-" + group, OutcomeKind.DROPPED, DropReason.STALE);
            }

            await().atMost(SOON).until(() -> page.cause().equals("STALE_DROPS"));
            assertThat(page.sentence()).startsWith("90% of completions are dropped as stale");
        }
    }

    @Test
    @SuppressWarnings("try")
    void deadBroker(@TempDir Path folder) throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(folder);
        KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), Map.of());
        try (TopicAdmin admin = new TopicAdmin(kafka)) {
            admin.createMissing("dies");
        }
        try (Dashboard dashboard = PageClient.serve(kafka, "dies")) {
            PageClient page = new PageClient(dashboard.address());
            await().until(() -> page.cause().equals("NOT_STARTED"));

            broker.close();

            await().atMost(SOON).until(() -> page.cause().equals("BROKER_SILENT"));
            assertThat(page.sentence()).startsWith("no Kafka broker has answered for");
        } finally {
            broker.close();
        }
    }
}
