package io.tramontane.tests.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.tests.process.Programs;
import io.tramontane.tests.state.SmallPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole run in a process of its own, on datasets in files: each file is read once, however many parts need its
 * problems.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class OneReadingITCase {

    private static final String LOG_OF_THE_READER = """
            <Configuration status="off">
                <Appenders>
                    <File name="file" fileName="%s"><PatternLayout pattern="%%m%%n"/></File>
                </Appenders>
                <Loggers>
                    <Logger name="io.tramontane.jobs.data.dataset.DatasetReader" level="info" additivity="false">
                        <AppenderRef ref="file"/>
                    </Logger>
                    <Root level="off"/>
                </Loggers>
            </Configuration>
            """;

    @TempDir
    private Path folder;

    @Test
    void aRunReadsEachFileOnce() throws Exception {
        Path training = problems("training.jsonl", 0, 40);
        Path heldOut = problems("held-out.jsonl", 100, 10);
        Path reads = folder.resolve("reads.log");
        Path logging = Files.writeString(folder.resolve("log4j2.xml"), LOG_OF_THE_READER.formatted(reads));
        Path policy = folder.resolve("base");
        SmallPolicy.save(policy);

        try (Programs programs = new Programs(folder)) {
            Process run = programs.start(
                    "run.txt",
                    Map.of("JAVA_TOOL_OPTIONS", "-Dlog4j2.configurationFile=" + logging),
                    List.of(
                            "run",
                            "--policy=" + policy,
                            "--output=" + folder.resolve("runs"),
                            "--id=once",
                            "--steps=2",
                            "--set=dataset.source=file",
                            "--set=dataset.path=" + training,
                            "--set=dataset.held-out-path=" + heldOut,
                            "--set=policy.maximum-positions=64",
                            "--set=pipeline.scheduling.maximum-new-tokens=24",
                            "--set=evaluation.maximum-new-tokens=24",
                            "--set=evaluation.periodic.every-steps=1",
                            "--set=pipeline.scheduling.group-size=8",
                            "--set=pipeline.batching.completions-per-batch=16",
                            // What has learned nothing differs in length alone.
                            "--set=reward.format.enabled=false",
                            "--set=reward.correctness.enabled=false",
                            "--set=reward.language.enabled=false",
                            "--set=reward.length.maximum-tokens=24",
                            "--set=reward.length.cache-tokens=24"));
            assertThat(run.waitFor(4, TimeUnit.MINUTES))
                    .as(programs.log("run.txt"))
                    .isTrue();
            assertThat(run.exitValue()).as(programs.log("run.txt")).isZero();
        }

        assertThat(Files.readAllLines(reads))
                .containsExactlyInAnyOrder("Reading problems from " + training, "Reading problems from " + heldOut);
    }

    private Path problems(String name, int from, int count) throws IOException {
        String rows = IntStream.range(from, from + count)
                .mapToObj(number -> "{\"id\": %d, \"problem\": \"%d + 1?\", \"answer\": \"%d\"}\n"
                        .formatted(number, number, number + 1))
                .collect(Collectors.joining());
        return Files.writeString(folder.resolve(name), rows);
    }
}
