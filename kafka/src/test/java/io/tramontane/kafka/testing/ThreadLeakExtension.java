package io.tramontane.kafka.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails a test that leaves threads behind: what has been opened and not closed nearly always has one. A thread gets a
 * few seconds to end. Threads of shared fixtures and of the JVM, which outlive a test on purpose, do not count.
 *
 * <p>Register it before extensions that start fixtures for the test itself, so that it looks after they have stopped.
 */
public final class ThreadLeakExtension implements BeforeEachCallback, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(ThreadLeakExtension.class);
    private static final Duration TIME_TO_END = Duration.ofSeconds(10);

    /**
     * Names of threads that belong to the JVM, to test libraries or to a broker or Flink cluster shared by a module.
     */
    private static final Pattern LASTING = Pattern.compile(
            String.join(
                    "|",
                    "Common-Cleaner",
                    "Finalizer",
                    "Signal Dispatcher",
                    "Attach Listener",
                    "process reaper",
                    "ForkJoinPool.*",
                    "surefire.*",
                    "awaitility.*",
                    "idle-connection-.*",
                    "Log4j2-.*",
                    "JNA Cleaner",
                    // The broker: its own threads carry its role or its listener
                    "(data-plane|control-plane|kafka-|raft-|controller-|broker-|group-|share-|transaction|txn-|executor-|metrics-|quorum-|Expiration|ExpirationReaper|SensorExpiryThread|feature-|remote-log|log-|LogDirFailureHandler|AutoTopic|NodeToController|forwarding|client-metrics|Cleaner|persister|PersisterStateManager|SystemTimer).*",
                    // A Flink MiniCluster
                    "(flink-|pekko|akka|Flink|MiniCluster|RpcSystem|jobmanager|taskmanager|mini-cluster|TaskExecutor|IOManager|New I/O|epoll|nioEventLoop|rest-|blob|BLOB|file-cache|system-resources|tokio|Timer-|IgnoreShutdown|Checkpoint Timer|ForkJoin|jobmaster|async-).*"));

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(NAMESPACE).put(ThreadLeakExtension.class, threads());
    }

    @Override
    @SuppressWarnings("unchecked")
    public void afterEach(ExtensionContext context) {
        Set<Thread> before = context.getStore(NAMESPACE).get(ThreadLeakExtension.class, Set.class);
        await().atMost(TIME_TO_END)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(newThreads(before))
                        .as("threads the test left behind")
                        .isEmpty());
    }

    private static List<String> newThreads(Set<Thread> before) {
        List<String> names = new ArrayList<>();
        for (Thread thread : threads()) {
            if (!before.contains(thread) && !LASTING.matcher(thread.getName()).matches()) {
                names.add(thread.getName());
            }
        }
        return names;
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .collect(Collectors.toSet());
    }
}
