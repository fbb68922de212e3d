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
 * few seconds to end. Threads of the JVM and of what {@link SharedFixture} started outlive a test on purpose and do not
 * count.
 *
 * <p>Register it before extensions that start something for the test itself, so that it looks after they have stopped.
 */
public final class ThreadLeakExtension implements BeforeEachCallback, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(ThreadLeakExtension.class);
    private static final Duration TIME_TO_END = Duration.ofSeconds(10);

    /** Threads of test libraries and pools of the JVM that come into being at first use and stay. */
    private static final Pattern LASTING =
            Pattern.compile("(ForkJoinPool\\.commonPool|surefire|awaitility|junit|Log4j2|process reaper).*");

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
            if (!before.contains(thread) && !lasts(thread)) {
                names.add(thread.getName());
            }
        }
        return names;
    }

    private static boolean lasts(Thread thread) {
        for (ThreadGroup group = thread.getThreadGroup(); group != null; group = group.getParent()) {
            if (group.getName().equals(SharedFixture.THREAD_GROUP)) {
                return true;
            }
        }
        boolean ofTheJvm = thread.getThreadGroup() == null
                || thread.getThreadGroup().getName().equals("system")
                || thread.getThreadGroup().getName().equals("InnocuousThreadGroup");
        return ofTheJvm || LASTING.matcher(thread.getName()).matches();
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .collect(Collectors.toSet());
    }
}
