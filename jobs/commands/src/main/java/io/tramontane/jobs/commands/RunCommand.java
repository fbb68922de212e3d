package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.ConfigOptions;
import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.kernel.folder.RunSettings;
import io.tramontane.jobs.page.report.HtmlReport;
import io.tramontane.jobs.replay.fork.ForkedStep;
import io.tramontane.jobs.replay.fork.RunFork;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.run.console.RunConsole;
import io.tramontane.jobs.run.local.LocalRun;
import io.tramontane.jobs.run.local.RunContext;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.files.PolicyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
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

    @Option(
            names = "--fork",
            paramLabel = "RUN@STEP",
            description = "Begin a new run with what another one was after this step: weights, optimizer, place in the"
                    + " dataset and count of steps; its configuration too, which --set and --steps may change.")
    private String forked;

    @Override
    public Integer call() throws IOException {
        if (resumed != null && policy != null) {
            throw new RunFailure("--policy is for a new run; run " + resumed + " has its base policy");
        }
        if (forked != null && (resumed != null || policy != null)) {
            throw new RunFailure("--fork begins a new run with another one's policy; leave "
                    + (policy == null ? "--resume" : "--policy") + " out");
        }
        // A policy or a dataset that cannot be read is found before anything is made.
        Optional<PolicyBundle> base = policy == null ? Optional.empty() : Optional.of(PolicyFiles.load(policy));
        ForkedStep step = forked == null ? null : ForkedStep.parse(forked);
        Path parent = step == null ? null : existing(step.run());
        TramontaneConfig config = resumed != null ? resumedRun() : step == null ? newRun() : forkOf(parent);
        try (RunContext context = RunContext.open(config)) {
            return run(config, context, base, parent, step);
        }
    }

    private int run(
            TramontaneConfig config, RunContext context, Optional<PolicyBundle> base, Path parent, ForkedStep step)
            throws IOException {
        RunConsole console = TerminalConsole.open();
        if (step != null) {
            RunDirectory recorded = new RunDirectory(parent);
            LogFile.writeTo(recorded.log());
            new RunFork(original(parent), recorded, config, console).create(step.step());
        }
        RunDirectory directory = RunFolder.create(config);
        if (base.isPresent()) {
            PolicyFiles.save(directory.basePolicy(), base.get());
        }
        console.say("run", "%s", directory.root());
        return execute(new LocalRun(config, directory, console, context), directory, console);
    }

    private TramontaneConfig newRun() {
        ConfigLoader<TramontaneConfig> loader = shortcuts(options.applyTo(TramontaneConfig.loader()));
        if (id != null) {
            loader.option("--id", "run.id", id);
        }
        return named(loader.load());
    }

    /** The parent's configuration with what the user changes; its name is not inherited. */
    private TramontaneConfig forkOf(Path parent) {
        ConfigLoader<TramontaneConfig> loader = RunFolder.configurationOf(parent)
                .set("run.id=")
                .set("run.output=" + original(parent).run().output());
        shortcuts(options.applyTo(loader));
        if (id != null) {
            loader.option("--id", "run.id", id);
        }
        return named(loader.load());
    }

    private static TramontaneConfig original(Path parent) {
        return RunFolder.located(RunFolder.configurationOf(parent).load(), parent);
    }

    /** @throws RunFailure when there is a run of that name */
    private static TramontaneConfig named(TramontaneConfig config) {
        RunSettings run = config.run();
        String name = run.id().isEmpty() ? RunFolder.nameFromTime() : run.id();
        if (Files.exists(new RunDirectory(run.output().resolve(name)).configuration())) {
            throw new RunFailure("run " + name + " exists in " + run.output() + "; go on with --resume " + name
                    + ", or choose another --id");
        }
        return config.withRun(new RunSettings(name, run.seed(), run.output()));
    }

    private TramontaneConfig resumedRun() {
        Path folder = existing(resumed);
        return RunFolder.located(
                shortcuts(options.applyTo(RunFolder.configurationOf(folder))).load(), folder);
    }

    /**
     * The folder of a run by its id, where runs are made, or by its path.
     *
     * @throws RunFailure when there is none
     */
    private Path existing(String run) {
        ConfigLoader<TramontaneConfig> loader = TramontaneConfig.loader();
        if (output != null) {
            loader.option("--output", "run.output", output.toString());
        }
        Path runs = loader.load().run().output();
        return Stream.of(runs.resolve(run), Path.of(run))
                .filter(folder -> Files.exists(new RunDirectory(folder).configuration()))
                .findFirst()
                .orElseThrow(() ->
                        new RunFailure("there is no run " + run + " in " + runs + " (--output says where to look)"));
    }

    private ConfigLoader<TramontaneConfig> shortcuts(ConfigLoader<TramontaneConfig> loader) {
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
