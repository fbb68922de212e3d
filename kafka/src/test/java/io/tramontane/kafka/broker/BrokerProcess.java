package io.tramontane.kafka.broker;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.topics.TopicAdmin;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A process with an embedded broker and the topics of the run {@code run}; a test kills it. */
final class BrokerProcess {

    private BrokerProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedBroker broker = EmbeddedBroker.start(Path.of(arguments[0]));
        try (TopicAdmin admin = new TopicAdmin(new KafkaSettings(broker.bootstrapServers(), Map.of()))) {
            admin.createMissing("run");
        }
        System.out.println(broker.bootstrapServers());
        new CountDownLatch(1).await();
    }
}
