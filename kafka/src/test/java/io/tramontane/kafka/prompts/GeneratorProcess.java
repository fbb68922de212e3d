package io.tramontane.kafka.prompts;

import io.tramontane.kafka.KafkaSettings;
import java.time.Duration;
import java.util.Map;

/** A process that leases two prompts, prints their group ids and holds them; a test kills it. */
final class GeneratorProcess {

    static final PromptQueueSettings SETTINGS = new PromptQueueSettings(Duration.ofSeconds(3), 1, 2);

    private GeneratorProcess() {}

    public static void main(String[] arguments) {
        KafkaSettings kafka = new KafkaSettings(arguments[0], Map.of());
        try (PromptQueue queue = new PromptQueue(kafka, arguments[1], SETTINGS)) {
            int leased = 0;
            while (true) {
                for (LeasedPrompt lease : queue.poll(Duration.ofMillis(100), 2 - leased)) {
                    System.out.println(lease.prompt().getGroupId());
                    leased++;
                }
                queue.renewAll();
            }
        }
    }
}
