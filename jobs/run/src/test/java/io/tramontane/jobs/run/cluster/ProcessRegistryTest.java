package io.tramontane.jobs.run.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessRegistryTest {

    @TempDir
    private Path folder;

    private ProcessRegistry registry;

    @BeforeEach
    void open() {
        registry = registry();
    }

    private ProcessRegistry registry() {
        return new ProcessRegistry(folder.resolve("processes"), folder.resolve("logs"));
    }

    @AfterEach
    void endProcesses() {
        registry.names().forEach(name -> registry.find(name).ifPresent(ProcessHandle::destroyForcibly));
    }

    private ProcessHandle sleeping(String name) {
        return registry.start(name, List.of("sleep", "600"), Map.of());
    }

    @Test
    void aProcessIsFoundAgainByWhoeverLooks() {
        ProcessHandle started = sleeping("one");

        assertThat(registry().find("one")).contains(started);
        assertThat(registry().names()).containsExactly("one");
        assertThat(registry().find("two")).isEmpty();
    }

    @Test
    void aProcessThatHasEndedIsNotFoundButKnown() {
        ProcessHandle started = sleeping("one");
        started.destroyForcibly();
        await().until(() -> !started.isAlive());

        assertThat(registry.find("one")).isEmpty();
        assertThat(registry.isKnown("one")).isTrue();
        registry.forget("one");
        assertThat(registry.isKnown("one")).isFalse();
    }

    /** The pid of a process that has ended may be anybody's by now. */
    @Test
    void anotherProcessWithTheSamePidIsNotOurs() throws Exception {
        ProcessHandle other = sleeping("other");
        Path file = folder.resolve("processes").resolve("mine");
        Files.writeString(file, other.pid() + " " + Instant.EPOCH);

        assertThat(registry.find("mine")).isEmpty();
    }

    @Test
    void aProcessLeadsASessionOfItsOwnAndPrintsToItsLog() throws Exception {
        ProcessHandle started = registry.start(
                "one", List.of("sh", "-c", "echo $GREETING; exec sleep 600"), Map.of("GREETING", "hello"));

        await().until(() -> Files.readString(registry.output("one")).equals("hello\n"));
        // Fields of /proc/pid/stat behind the name: state, parent, group, session.
        String stat = Files.readString(Path.of("/proc", Long.toString(started.pid()), "stat"));
        assertThat(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3]).isEqualTo(Long.toString(started.pid()));
    }
}
