package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.ConfigOptions;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.kernel.folder.RunSettings;
import io.tramontane.jobs.replay.score.RecordedFile;
import io.tramontane.jobs.replay.score.RecordedProblem;
import io.tramontane.jobs.replay.score.ScoreRun;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.run.console.RunConsole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Scores recorded completions with the operators of training. */
@Command(
        name = "score",
        description = {
            "Send recorded completions through Kafka and the operators of training (admission, scoring, grouping,"
                    + " advantage) and report accuracy, groups, throughput and agreement with labels.",
            "By default an answer is what follows 'A: ' and completions have no <think> part; for others set"
                    + " reward.answer and reward.format."
        },
        mixinStandardHelpOptions = true)
final class ScoreCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE",
            description = "JSON Lines: {\"id\", \"problem\", \"answer\", \"completions\": [{\"model\", \"text\","
                    + " \"is_correct\"}]}; model and label may be missing.")
    private Path file;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(names = "--output", paramLabel = "DIR", description = "Where the job makes its folder (run.output).")
    private Path output;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var loader = options.applyTo(ScoreRun.settings());
        if (output != null) {
            loader.option("--output", "run.output", output.toString());
        }
        TramontaneConfig config = loader.load();
        List<RecordedProblem> problems = RecordedFile.read(file);
        RunSettings run = config.run();
        String id = run.id().isEmpty() ? "score-" + RunFolder.nameFromTime() : run.id();
        TramontaneConfig named = config.withRun(new RunSettings(id, run.seed(), run.output()));
        RunDirectory directory = RunFolder.create(named);
        RunConsole console = TerminalConsole.open();
        console.say("score", "%s", directory.root());
        new ScoreRun(named, directory, console).run(problems);
        return 0;
    }
}
