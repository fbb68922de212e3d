package io.tramontane.jobs.page.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldOutWatchTest {

    @TempDir
    private Path run;

    @Test
    void everyEvaluationThatIsAddedIsSeen() throws IOException {
        HeldOutWatch watch = new HeldOutWatch(run);
        assertThat(watch.get()).isEmpty();

        Files.writeString(run.resolve("state.json"), "{\"base\": {\"passAt1\": 0.2}}");
        assertThat(watch.get()).as("a base alone is no curve").isEmpty();

        add(20, 0.5);
        assertThat(watch.get()).extracting(score -> score.path("step").asLong()).containsExactly(0L, 20L);
        assertThat(watch.get()).as("nothing new, nothing read").isSameAs(watch.get());

        add(40, 0.7);
        assertThat(watch.get())
                .extracting(score -> score.path("passAt1").asDouble())
                .containsExactly(0.2, 0.5, 0.7);
    }

    private void add(int step, double passAt1) throws IOException {
        Files.writeString(
                run.resolve("evaluations.jsonl"),
                "{\"step\": " + step + ", \"passAt1\": " + passAt1 + "}\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
