package io.tramontane.kafka.testing;

import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.broker.EmbeddedBroker;
import io.tramontane.kafka.topics.TopicAdmin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Lends tests a real broker: one for all test classes of a JVM, started at first use and stopped after the last test.
 * Test methods and constructors may ask for {@link KafkaSettings} and for a {@link TestRun}, which is new for each
 * parameter.
 */
public final class BrokerExtension implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(BrokerExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == KafkaSettings.class || type == TestRun.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        SharedBroker shared = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(SharedBroker.class, key -> new SharedBroker(), SharedBroker.class);
        if (parameter.getParameter().getType() == KafkaSettings.class) {
            return shared.settings;
        }
        // A test and what prepares it have one run between them.
        return context.getStore(NAMESPACE)
                .computeIfAbsent(
                        TestRun.class,
                        key -> shared.newRun(context.getRequiredTestClass().getSimpleName()),
                        TestRun.class);
    }

    /** Closed by JUnit together with the root context. */
    private static final class SharedBroker implements AutoCloseable {

        private final Path directory;
        private final EmbeddedBroker broker;
        private final KafkaSettings settings;
        private final AtomicInteger runs = new AtomicInteger();

        SharedBroker() {
            try {
                directory = Files.createTempDirectory("tramontane-broker");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            broker = SharedFixture.start(() -> EmbeddedBroker.start(directory));
            settings = new KafkaSettings(broker.bootstrapServers(), Map.of());
        }

        TestRun newRun(String testClass) {
            String runId = testClass.toLowerCase(Locale.ROOT) + "-" + runs.incrementAndGet();
            try (TopicAdmin admin = new TopicAdmin(settings)) {
                admin.createMissing(runId);
            }
            return new TestRun(settings, runId);
        }

        @Override
        public void close() throws IOException {
            broker.close();
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }
}
