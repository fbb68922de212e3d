package io.tramontane.tests.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.jobs.cli.Tramontane;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The smallest run of the benchmark: both ways pass every completion on, and only ours gets over lost threads. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class BenchAsyncCommandITCase {

    private static final int COMPLETIONS = 300;
    private static final int THREADS = 2;

    @Test
    void lostThreadsAreReplacedByOurOperatorAlone() {
        StringWriter output = new StringWriter();
        StringWriter error = new StringWriter();

        int status = Tramontane.commandLine(new PrintWriter(output), new PrintWriter(error))
                .execute(
                        "bench",
                        "async",
                        "--completions",
                        Integer.toString(COMPLETIONS),
                        "--threads",
                        Integer.toString(THREADS),
                        "--deadline-millis",
                        "400",
                        "--rounds",
                        "1",
                        "--set",
                        "flink.parallelism=1");

        assertThat(status).as(output + "\n" + error).isZero();
        assertThat(output.toString())
                .contains("quick", "mixed", "checkpoint")
                .containsPattern("lost threads +our operator +%d of %d completions judged"
                        .formatted(COMPLETIONS - THREADS, COMPLETIONS))
                .containsPattern("lost threads +unorderedWait +0 of %d completions judged".formatted(COMPLETIONS))
                .containsPattern("lost threads +orderedWait +0 of %d completions judged".formatted(COMPLETIONS));
    }
}
