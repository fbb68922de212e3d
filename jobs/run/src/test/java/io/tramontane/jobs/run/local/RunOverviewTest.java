package io.tramontane.jobs.run.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.run.local.RunOverview.Status;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunOverviewTest {

    @TempDir
    private Path output;

    @Test
    void tellsWhatHasBecomeOfEachRunNewestFirst() throws IOException {
        RunDirectory finished = run("finished", "{\"trainingStartedAt\": 1000}");
        Files.writeString(finished.summary(), "{\"trained\": {\"pass1\": 0.75}}");
        Files.writeString(
                finished.metrics(), "{\"step\": 1, \"rewardMean\": 0.5}\n{\"step\": 20, \"rewardMean\": 1.0}\n");
        RunDirectory killed = run("killed", "{\"trainingStartedAt\": 3000, \"base\": {\"passAt1\": 0.25}}");
        Files.writeString(killed.metrics(), "{\"step\": 7, \"rewardMean\": 0.5}\n{\"step\": 8, \"rewa");
        snapshot(killed);
        RunDirectory failed = run("failed", "{\"trainingStartedAt\": 2000, \"failure\": \"the disk is full\"}");
        snapshot(failed);
        Files.createDirectories(output.resolve("not-a-run"));

        assertThat(RunOverview.in(output))
                .extracting(RunOverview::id, RunOverview::status, RunOverview::step, RunOverview::steps)
                .containsExactly(
                        tuple("killed", Status.RESUMABLE, 7L, 20L),
                        tuple("failed", Status.FAILED, 0L, 20L),
                        tuple("finished", Status.FINISHED, 20L, 20L));
        RunOverview newest = RunOverview.in(output).get(0);
        assertThat(newest.reward()).hasValue(0.5);
        assertThat(newest.passAt1()).hasValue(0.25);
        assertThat(newest.bytes()).isPositive();
        assertThat(RunOverview.in(output).get(2).passAt1()).hasValue(0.75);
    }

    @Test
    void aRunThatIsClaimedIsRunning() throws IOException {
        RunDirectory run = run("claimed", "{}");
        FileLock claim = run.claim();
        assertThat(RunOverview.in(output)).extracting(RunOverview::status).containsExactly(Status.RUNNING);
        claim.acquiredBy().close();
        assertThat(RunOverview.in(output)).extracting(RunOverview::status).containsExactly(Status.FAILED);
        run.claim().acquiredBy().close();
    }

    @Test
    void theLastEvaluationWhileItTrainedCountsUntilTheEnd() throws IOException {
        RunDirectory run = run("measured", "{\"base\": {\"passAt1\": 0.25}}");
        Files.writeString(run.evaluations(), "{\"step\": 10, \"passAt1\": 0.5}\n");

        assertThat(RunOverview.in(output).get(0).passAt1()).hasValue(0.5);
    }

    @Test
    void aForkNamesItsParent() throws IOException {
        RunDirectory fork = run("fork", "{}");
        Files.createDirectories(fork.fork());
        Files.writeString(fork.fork().resolve("fork.json"), "{\"run\": \"parent\", \"step\": 12}");
        RunDirectory broken = run("broken", "{}");
        Files.createDirectories(broken.fork());
        Files.writeString(broken.fork().resolve("fork.json"), "{\"run\": \"par");

        assertThat(RunOverview.in(output))
                .extracting(RunOverview::id, RunOverview::fork)
                .containsExactlyInAnyOrder(tuple("fork", Optional.of("parent@12")), tuple("broken", Optional.empty()));
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> RunOverview.in(output.resolve("missing")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("missing");
    }

    private RunDirectory run(String id, String state) throws IOException {
        RunDirectory run = new RunDirectory(output.resolve(id));
        Files.createDirectories(run.root());
        Files.writeString(run.configuration(), "training:\n  maximum-steps: 20\n");
        Files.writeString(run.state(), state);
        return run;
    }

    private static void snapshot(RunDirectory run) throws IOException {
        Path snapshot = Files.createDirectories(run.checkpoints().resolve("job").resolve("chk-1"));
        Files.writeString(snapshot.resolve("_metadata"), "");
    }
}
