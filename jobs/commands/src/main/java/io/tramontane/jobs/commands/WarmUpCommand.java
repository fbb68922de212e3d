package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.ConfigOptions;
import io.tramontane.jobs.evaluation.warmup.WarmUp;
import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.run.console.RunConsole;
import io.tramontane.policy.files.PolicyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes a base policy, for training on a cluster. */
@Command(
        name = "warm-up",
        description = "Make a base policy by the supervised warm-up, as 'run' does by itself.",
        mixinStandardHelpOptions = true)
final class WarmUpCommand implements Callable<Integer> {

    @Parameters(paramLabel = "TO", description = "The folder to make.")
    private Path target;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Override
    public Integer call() throws IOException {
        TramontaneConfig config = options.applyTo(TramontaneConfig.loader()).load();
        if (Files.exists(target)) {
            throw new RunFailure(target + " exists already");
        }
        RunConsole console = TerminalConsole.open();
        var warmUp = new WarmUp(config.policy(), config.warmUp(), config.run().seed());
        PolicyFiles.save(target, warmUp.run(console::warmUp));
        console.say("base policy", "%s", target);
        return 0;
    }
}
