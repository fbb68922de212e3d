package io.tramontane.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tramontane.jobs.cli.Tramontane;
import io.tramontane.tests.process.SmallPolicy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short fault suite: a cluster of processes whose TaskManager, generator and broker are killed while it trains, by
 * the command that also runs the long one.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FaultsITCase {

    private static final List<String> SMALL = SmallPolicy.with(
            "pipeline.scheduling.group-size=8",
            "pipeline.scheduling.maximum-groups-in-flight=16",
            // Prompts that a broker's restart has lost come again while the test still waits for them.
            "pipeline.scheduling.reissue-after=20s",
            "pipeline.batching.completions-per-batch=64");

    @TempDir
    private Path output;

    @AfterEach
    void endProcesses() {
        processesOfThisTest().forEach(ProcessHandle::destroyForcibly);
    }

    private List<ProcessHandle> processesOfThisTest() {
        return ProcessHandle.allProcesses().filter(this::isOfThisTest).toList();
    }

    /** A handle tells but the beginning of a command as long as these. */
    private boolean isOfThisTest(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                    .contains(output.toString());
        } catch (IOException gone) {
            return false;
        }
    }

    @Test
    void aRunOnAClusterLosesNothingWhenItsProcessesAreKilled() throws Exception {
        Path run = output.resolve("faults");
        List<String> arguments = new ArrayList<>(List.of(
                "faults",
                run.toString(),
                "--count",
                "3",
                "--kinds",
                "task-manager-killed,generator-killed,broker-killed"));
        SMALL.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        StringWriter error = new StringWriter();

        int status = Tramontane.commandLine(new PrintWriter(error), new PrintWriter(error))
                .execute(arguments.toArray(String[]::new));

        assertThat(status).as(error::toString).isZero();
        JsonNode report = new ObjectMapper().readTree(run.resolve("faults.json").toFile());
        assertThat(report.get("clean").asBoolean()).isTrue();
        assertThat(report.get("faults"))
                .extracting(fault -> fault.get("kind").asText())
                .containsExactlyInAnyOrder("TASK_MANAGER_KILLED", "GENERATOR_KILLED", "BROKER_KILLED");
        assertThat(report.get("incarnations").asLong()).isGreaterThan(1);
        assertThat(report.get("identicalSteps").asLong())
                .isEqualTo(report.get("steps").asLong())
                .isGreaterThan(6);
        assertThat(processesOfThisTest()).isEmpty();
    }
}
