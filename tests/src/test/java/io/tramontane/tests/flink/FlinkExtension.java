package io.tramontane.tests.flink;

import io.tramontane.jobs.kernel.flink.FlinkConfiguration;
import io.tramontane.jobs.kernel.flink.FlinkSettings;
import io.tramontane.jobs.kernel.flink.LocalFlink;
import io.tramontane.kafka.testing.SharedFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Lends tests a Flink cluster configured as in a local run, with RocksDB and short checkpoint intervals: one for all
 * test classes of a JVM. Tests may ask for {@link LocalFlink} and for a {@link StreamExecutionEnvironment} to build
 * jobs with.
 */
public final class FlinkExtension implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(FlinkExtension.class);
    private static final int SLOTS = 4;

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == LocalFlink.class || type == StreamExecutionEnvironment.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        SharedFlink shared = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(SharedFlink.class, key -> new SharedFlink(), SharedFlink.class);
        return parameter.getParameter().getType() == LocalFlink.class
                ? shared.flink
                : StreamExecutionEnvironment.getExecutionEnvironment(shared.configuration);
    }

    /** Closed by JUnit together with the root context. */
    private static final class SharedFlink implements AutoCloseable {

        private final Path directory;
        private final Configuration configuration;
        private final LocalFlink flink;

        SharedFlink() {
            try {
                directory = Files.createTempDirectory("tramontane-flink");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            FlinkSettings settings =
                    new FlinkSettings(0, 2, Duration.ofMillis(200), 1, 0, 3, Duration.ofMillis(50), Map.of());
            configuration = FlinkConfiguration.of(settings, directory);
            flink = SharedFixture.start(() -> LocalFlink.start(configuration, SLOTS));
        }

        @Override
        public void close() throws IOException {
            flink.close();
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }
}
