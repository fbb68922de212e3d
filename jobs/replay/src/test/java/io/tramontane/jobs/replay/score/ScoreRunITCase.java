package io.tramontane.jobs.replay.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.run.console.RunConsole;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recorded completions through a real broker and a real Flink cluster. */
class ScoreRunITCase {

    @TempDir
    private Path directory;

    @Test
    void everyCompletionIsGradedOrAccountedFor() throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("recorded.jsonl"), """
                {"id": "mixed", "problem": "1+1?", "answer": "2", "completions": [\
                {"model": "good", "text": "1+1=2\\nA: 2", "is_correct": true},\
                {"model": "bad", "text": "A: 3", "is_correct": false}]}
                {"id": "both", "problem": "2+2?", "answer": "4", "completions": [\
                {"model": "good", "text": "A: 4.0", "is_correct": true},\
                {"model": "bad", "text": "A: 4", "is_correct": true}]}
                {"id": "mislabelled", "problem": "3+3?", "answer": "6", "completions": [\
                {"model": "good", "text": "A: 6", "is_correct": true},\
                {"model": "bad", "text": "six", "is_correct": true}]}
                {"id": "too-long", "problem": "0?", "answer": "0", "completions": [\
                {"model": "good", "text": "A: 0"},\
                {"model": "bad", "text": "%s"}]}
                """.formatted("x".repeat(2_000)));
        TramontaneConfig config = ScoreRun.settings()
                .set("flink.checkpoint-interval=200ms")
                .set("pipeline.limits.maximum-text-characters=1000")
                .set("dataset.maximum-problem-characters=1000")
                .set("dataset.maximum-reference-characters=1000")
                .load();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        RunConsole console = new RunConsole(new PrintStream(printed, true, StandardCharsets.UTF_8), 0);

        ScoreRun.Result result = new ScoreRun(config, new RunDirectory(directory.resolve("scored")), console)
                .run(RecordedFile.read(file));

        assertThat(result).isEqualTo(new ScoreRun.Result(7, 5, 4, 1, 6, 1));
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("completions    8 of 4 problems")
                .contains("dropped        1 of 8: 1 MALFORMED (")
                .contains("text has 2000 characters)")
                .contains("accuracy       71.4% (5 of 7)")
                .contains("good                   100.0% (4 of 4)")
                .contains("groups         4: 2 trainable, 1 zero variance (25.0%), 1 incomplete, 0 stale")
                .contains("labels         83.33% of 6 verdicts agree, 1 do not")
                .contains("mislabelled bad: labelled right, correctness WRONG: no answer found (reference 6)");
    }
}
