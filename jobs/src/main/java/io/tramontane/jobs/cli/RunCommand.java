package io.tramontane.jobs.cli;

import io.tramontane.jobs.config.ConfigLoader;
import io.tramontane.jobs.config.RunSettings;
import io.tramontane.jobs.config.TramontaneConfig;
import io.tramontane.jobs.local.LocalRun;
import io.tramontane.jobs.local.RunConsole;
import io.tramontane.jobs.local.RunDirectory;
import io.tramontane.jobs.local.RunFailure;
import io.tramontane.jobs.report.HtmlReport;
import io.tramontane.jobs.train.DatasetProblems;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.files.PolicyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the whole loop in one process, or goes on with a run that was stopped or killed. */
@Command(
        name = "run",
        description = {
            "Make a base policy by a short supervised warm-up, then improve it by reinforcement learning:"
                    + " Kafka, Flink, generator and trainer in this process.",
            "Ctrl-C stops cleanly and says how to go on."
        },
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    /** What a shell reports of a command that was ended by Ctrl-C. */
    private static final int INTERRUPTED = 130;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(names = "--seed", paramLabel = "N", description = "Everything random is drawn from it (run.seed).")
    private String seed;

    @Option(names = "--output", paramLabel = "DIR", description = "Where the run makes its folder (run.output).")
    private Path output;

    @Option(names = "--steps", paramLabel = "N", description = "Optimizer steps (training.maximum-steps).")
    private String steps;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "async, or sync: generate and train by turns (pipeline.scheduling.mode).")
    private String mode;

    @Option(names = "--id", paramLabel = "ID", description = "Name of a new run (run.id); else made from the time.")
    private String id;

    @Option(
            names = "--policy",
            paramLabel = "BASE",
            description = "Folder of the base policy of a new run, in Hugging Face layout; else a warm-up makes it.")
    private Path policy;

    @Option(
            names = "--resume",
            paramLabel = "ID",
            description = "Go on with this run from its last checkpoint, with its own configuration; --set and --steps"
                    + " may change it.")
    private String resumed;

    @Override
    public Integer call() throws IOException {
        if (resumed != null && policy != null) {
            throw new RunFailure("--policy is for a new run; run " + resumed + " has its base policy");
        }
        // A policy or a dataset that cannot be read is found before anything is made.
        Optional<PolicyBundle> base = policy == null ? Optional.empty() : Optional.of(PolicyFiles.load(policy));
        TramontaneConfig config = resumed == null ? newRun() : resumedRun();
        new DatasetProblems(config.dataset(), config.run().seed()).problems();
        DatasetProblems.heldOut(
                config.dataset(), config.run().seed(), config.evaluation().problems());
        RunDirectory directory = RunFolder.create(config);
        if (base.isPresent()) {
            PolicyFiles.save(directory.basePolicy(), base.get());
        }
        RunConsole console = StandardStreams.console();
        console.say("run", "%s", directory.root());
        return execute(new LocalRun(config, directory, console), directory, console);
    }

    private TramontaneConfig newRun() {
        ConfigLoader loader = shortcuts(options.applyTo(new ConfigLoader()));
        if (id != null) {
            loader.option("--id", "run.id", id);
        }
        TramontaneConfig config = loader.load();
        RunSettings run = config.run();
        String name = run.id().isEmpty() ? RunFolder.nameFromTime() : run.id();
        if (Files.exists(new RunDirectory(run.output().resolve(name)).configuration())) {
            throw new RunFailure("run " + name + " exists in " + run.output() + "; go on with --resume " + name
                    + ", or choose another --id");
        }
        return config.withRun(new RunSettings(name, run.seed(), run.output()));
    }

    private TramontaneConfig resumedRun() {
        ConfigLoader loader = new ConfigLoader();
        if (output != null) {
            loader.option("--output", "run.output", output.toString());
        }
        Path parent = loader.load().run().output();
        Path folder = parent.resolve(resumed);
        if (!Files.exists(new RunDirectory(folder).configuration())) {
            throw new RunFailure("there is no run " + resumed + " in " + parent + " (--output says where to look)");
        }
        return RunFolder.located(
                shortcuts(options.applyTo(RunFolder.configurationOf(folder))).load(), folder);
    }

    private ConfigLoader shortcuts(ConfigLoader loader) {
        if (seed != null) {
            loader.option("--seed", "run.seed", seed);
        }
        if (output != null) {
            loader.option("--output", "run.output", output.toString());
        }
        if (steps != null) {
            loader.option("--steps", "training.maximum-steps", steps);
        }
        if (mode != null) {
            loader.option("--mode", "pipeline.scheduling.mode", mode);
        }
        return loader;
    }

    private static int execute(LocalRun run, RunDirectory directory, RunConsole console) throws IOException {
        String where = directory.root().getParent().equals(Path.of("runs"))
                ? ""
                : " --output " + directory.root().getParent();
        Interruption interruption = Interruption.stoppingBy(run::stop);
        try {
            run.run();
            return 0;
        } catch (CancellationException e) {
            if (Files.exists(directory.metrics())) {
                HtmlReport.write(directory.root());
            }
            console.say("stopped", "go on with: ./tramontane run --resume %s%s", directory.id(), where);
            return INTERRUPTED;
        } finally {
            interruption.close();
        }
    }
}
