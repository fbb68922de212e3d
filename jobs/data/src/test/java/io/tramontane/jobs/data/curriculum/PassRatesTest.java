package io.tramontane.jobs.data.curriculum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tramontane.jobs.data.dataset.DatasetException;
import io.tramontane.jobs.data.job.JobConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassRatesTest {

    @TempDir
    private Path directory;

    @Test
    void readsWhatCurationAndEvaluationWrite() throws IOException {
        PassRates curated = PassRates.read(file("""
                {"id":"a","problem":"1 + 1","answer":"2","samples":16,"solved":4,"pass_rate":0.25}

                {"id":"b","problem":"2 + 2","answer":"4","samples":16,"solved":16,"pass_rate":1.0}
                """));
        assertThat(curated.of("a")).isEqualTo(0.25);
        assertThat(curated.of("b")).isEqualTo(1);
        assertThat(curated.of("c")).isNaN();

        PassRates evaluated = PassRates.read(file("""
                {"policy":"base","completions":8,"correct":6,"problem":{"id":"a","language":"en"}}
                """));
        assertThat(evaluated.of("a")).isEqualTo(0.75);
    }

    @Test
    void aLineThatIsNeitherIsNamed() throws IOException {
        fails("{\"id\":\"a\",\"pass_rate\":0.5}\n{\"id\":\"b\"}\n", ", line 2: neither a line of curate");
        fails("{\"id\":\"a\",\"pass_rate\":1.5}\n", ", line 1: neither");
        fails(
                "{\"id\":\"a\",\"pass_rate\":0.5}\n{\"id\":\"a\",\"pass_rate\":0.6}\n",
                ", line 2: the problem 'a' stands");
        fails("nonsense\n", ", line 1: ");
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> PassRates.read(directory.resolve("missing")))
                .withMessageContaining("(curriculum.pass-rates): there is no such file");
    }

    @Test
    void aStageThatNoProblemFitsIsNamed() throws IOException {
        Path rates = file("{\"id\":\"nobody\",\"pass_rate\":0.5}\n");
        JobConfig config = JobConfig.loader()
                .option("test", "curriculum.pass-rates", rates.toString())
                .set("curriculum.stages=[{steps: 5}, {minimum-pass-rate: 0.1, maximum-pass-rate: 0.9}]")
                .load();

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> config.problems().requireProblemsFor(config.stages()))
                .withMessage("no problem of the dataset has a pass rate between 0.1 and 0.9 in " + rates
                        + ", as curriculum.stages[1] wants");
    }

    private void fails(String content, String message) throws IOException {
        Path file = file(content);
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> PassRates.read(file))
                .withMessageContaining(message);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("rates.jsonl"), content);
    }
}
