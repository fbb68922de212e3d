package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.ConfigOptions;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.replay.ReplayException;
import io.tramontane.jobs.replay.ReplayRun;
import io.tramontane.jobs.replay.RewardReplay;
import io.tramontane.jobs.run.config.TramontaneConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Replays a recorded run under other settings. */
@Command(
        name = "replay",
        description = {
            "Score the completions of a recorded run again, under other rewards (--set reward.…), and compare: rewards,"
                    + " verdicts, fates of groups, signs of advantages.",
            "With --training: train again on the recorded batches. Unchanged settings give the recorded weights at every"
                    + " step, or it says where they part; changed ones give curves and an evaluation beside the run's."
        },
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {

    /** Part of the names of topics. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,49}");

    @Parameters(paramLabel = "FOLDER", description = "The run's folder, runs/<id>.")
    private Path folder;

    @Option(
            names = "--as",
            paramLabel = "NAME",
            description = "Name of the replay; its results go to FOLDER/replays/NAME (else named by the time).")
    private String name;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(names = "--first-step", paramLabel = "N", description = "Only groups trained from this step on.")
    private Long firstStep;

    @Option(names = "--last-step", paramLabel = "N", description = "Only groups trained up to this step.")
    private Long lastStep;

    @Option(names = "--from", paramLabel = "TIME", description = "Only completions finished from then on (ISO 8601).")
    private Instant from;

    @Option(names = "--to", paramLabel = "TIME", description = "Only completions finished before then (ISO 8601).")
    private Instant to;

    @Option(names = "--training", description = "Replay the training instead of the rewards.")
    private boolean training;

    @Option(
            names = "--rewards-of",
            paramLabel = "NAME",
            description = "With --training: train on the rewards of that replay instead of the run's.")
    private String rewardsOf;

    @Option(names = "--skip-evaluation", description = "With --training: do not measure the policies at the end.")
    private boolean skipEvaluation;

    @Override
    public Integer call() throws IOException, InterruptedException {
        String chosen = name == null ? RunFolder.nameFromTime() : name;
        if (!NAME.matcher(chosen).matches()) {
            throw new ReplayException("a replay's name has at most 50 letters, digits, '_' and '-': '" + chosen + "'");
        }
        TramontaneConfig original =
                RunFolder.located(RunFolder.configurationOf(folder).load(), folder);
        TramontaneConfig config = RunFolder.located(
                options.applyTo(RunFolder.configurationOf(folder)).load(), folder);
        RunDirectory directory = RunFolder.of(config);
        LogFile.writeTo(directory.log());
        var replay = new ReplayRun(original, config, directory, chosen, TerminalConsole.open());
        if (training) {
            long last = lastStep == null ? Long.MAX_VALUE : lastStep;
            return replay.training(Optional.ofNullable(rewardsOf), last, !skipEvaluation) ? 0 : 1;
        }
        replay.rewards(new RewardReplay.Part(
                Optional.ofNullable(firstStep),
                Optional.ofNullable(lastStep),
                Optional.ofNullable(from),
                Optional.ofNullable(to)));
        return 0;
    }
}
