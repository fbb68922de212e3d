package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.ConfigOptions;
import io.tramontane.jobs.evaluation.Difficulty;
import io.tramontane.jobs.evaluation.EvaluationFiles;
import io.tramontane.jobs.evaluation.EvaluationFiles.Measured;
import io.tramontane.jobs.evaluation.EvaluationReport;
import io.tramontane.jobs.evaluation.EvaluationSettings;
import io.tramontane.jobs.evaluation.EvaluationTable;
import io.tramontane.jobs.evaluation.ProblemOutcome;
import io.tramontane.jobs.evaluation.RecordedEvaluation;
import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.run.console.RunConsole;
import io.tramontane.jobs.run.local.PolicyEvaluation;
import io.tramontane.jobs.run.local.RunKafka;
import io.tramontane.pipeline.scheduling.SchedulingSettings;
import io.tramontane.rewards.composition.RewardFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures policies: pass@1, pass@k and maj@k, by language and by difficulty. */
@Command(
        name = "evaluate",
        description = {
            "Measure a policy on held-out problems: pass@1, pass@k and maj@k with confidence intervals, by language and"
                    + " by difficulty.",
            "FOLDER is a policy in Hugging Face layout, or a run: then its base and its trained policy are measured, or"
                    + " with --recorded the completions that it recorded while it trained.",
            "With --follow a run that a cluster trains is measured while it does, every"
                    + " evaluation.periodic.every-steps steps."
        },
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {

    private static final int STANDARD_SAMPLES = 8;

    @Parameters(paramLabel = "FOLDER", description = "The folder of a policy or of a run.")
    private Path folder;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "" + STANDARD_SAMPLES,
            description = "Completions of each problem (evaluation.samples-per-problem; default: ${DEFAULT-VALUE}).")
    private String samples;

    @Option(
            names = "--problems",
            paramLabel = "N",
            description = "Problems of the built-in task (evaluation.problems).")
    private String problems;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "Of the sampling; 0 is greedy (evaluation.temperature).")
    private String temperature;

    @Option(names = "--tokens", paramLabel = "N", description = "The token budget (evaluation.maximum-new-tokens).")
    private String tokens;

    @Option(
            names = "--k",
            paramLabel = "K",
            split = ",",
            description = "For pass@k and maj@k (default: the powers of two up to the completions of a problem).")
    private List<Integer> ks = new ArrayList<>();

    @Option(
            names = "--difficulty",
            paramLabel = "FIELD",
            defaultValue = "difficulty",
            description =
                    "The dataset's field of difficulty (default: ${DEFAULT-VALUE}). Where problems lack it, a run's"
                            + " trained policy is shown by how often its base policy solves them.")
    private String difficulty;

    @Option(names = "--recorded", description = "Evaluate the run's recorded completions; nothing is sampled.")
    private boolean recorded;

    @Option(
            names = "--first-step",
            paramLabel = "N",
            description = "With --recorded: only groups trained from this step on;"
                    + " those that are all right or all wrong never are.")
    private long firstStep = 1;

    @Option(names = "--last-step", paramLabel = "N", description = "With --recorded: groups trained up to this step.")
    private long lastStep = Long.MAX_VALUE;

    @Option(
            names = "--follow",
            description = "Measure the weights of a run in training as they are committed, until its last step.")
    private boolean follow;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "A JSON file to write; the problems with their completions go beside it, a line each.")
    private Path output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        boolean isRun = Files.exists(new RunDirectory(folder).configuration());
        if (!isRun && !Files.exists(folder.resolve("config.json"))) {
            throw new RunFailure("there is no policy and no run in " + folder + " (no config.json, no config.yaml)");
        }
        if (recorded && !isRun) {
            throw new ParameterException(spec.commandLine(), "--recorded needs the folder of a run");
        }
        if (follow) {
            follow(isRun);
            return 0;
        }
        TramontaneConfig config = shortcuts(
                        options.applyTo(isRun ? RunFolder.configurationOf(folder) : TramontaneConfig.loader()))
                .load();
        List<Measured> measured;
        try (RewardFunction rewards = new RewardFunction(config.reward())) {
            measured = recorded ? recorded(config, rewards) : sampled(config, rewards, isRun);
        }
        RunConsole console = TerminalConsole.open();
        measured.forEach(one -> console.print(EvaluationTable.of(one.report())));
        if (output != null) {
            Path lines = EvaluationFiles.write(output, measured);
            console.say("wrote", "%s, %s", output, lines.getFileName());
        }
        return 0;
    }

    private void follow(boolean isRun) throws IOException, InterruptedException {
        if (!isRun || recorded || output != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--follow needs the folder of a run, and goes with neither --recorded nor --output");
        }
        TramontaneConfig config = RunFolder.located(
                options.applyTo(RunFolder.configurationOf(folder)).load(), folder);
        LogFile.writeTo(folder.resolve("evaluate.log"));
        new EvaluationFollowing(config, new RunDirectory(folder), TerminalConsole.open()).run();
    }

    private ConfigLoader<TramontaneConfig> shortcuts(ConfigLoader<TramontaneConfig> loader) {
        loader.option("--samples", "evaluation.samples-per-problem", samples);
        if (problems != null) {
            loader.option("--problems", "evaluation.problems", problems);
        }
        if (temperature != null) {
            loader.option("--temperature", "evaluation.temperature", temperature);
        }
        if (tokens != null) {
            loader.option("--tokens", "evaluation.maximum-new-tokens", tokens);
        }
        return loader;
    }

    private List<Measured> recorded(TramontaneConfig config, RewardFunction rewards) {
        TramontaneConfig located = RunFolder.located(config, folder);
        RunDirectory directory = RunFolder.of(located);
        try (RunKafka kafka = RunKafka.open(located, directory)) {
            List<ProblemOutcome> outcomes =
                    RecordedEvaluation.outcomes(kafka.settings(), directory.id(), firstStep, lastStep, rewards);
            if (outcomes.isEmpty()) {
                throw new RunFailure("run " + directory.id() + " has recorded no such groups");
            }
            SchedulingSettings sampling = located.pipeline().scheduling();
            return List.of(measured(
                    "recorded by " + folder, located, sampling.temperature(), sampling.maximumNewTokens(), outcomes));
        }
    }

    private List<Measured> sampled(TramontaneConfig config, RewardFunction rewards, boolean isRun) throws IOException {
        RunConsole console = TerminalConsole.open();
        PolicyEvaluation evaluation = new PolicyEvaluation(config, rewards);
        List<Measured> measured = new ArrayList<>();
        List<ProblemOutcome> base = List.of();
        for (Path policy : policies(isRun)) {
            List<ProblemOutcome> outcomes = evaluation.outcomes(
                    policy,
                    problem -> Difficulty.field(problem, difficulty),
                    (graded, of) -> console.progress("sampling", graded, of));
            if (isRun
                    && outcomes.stream()
                            .allMatch(outcome -> outcome.difficulty().isEmpty())) {
                // The base policy itself is not classed by what it just did: that would measure the classes.
                outcomes = Difficulty.byPassRates(outcomes, base);
                base = base.isEmpty() ? outcomes : base;
            }
            EvaluationSettings sampling = config.evaluation();
            measured.add(
                    measured(policy.toString(), config, sampling.temperature(), sampling.maximumNewTokens(), outcomes));
        }
        return measured;
    }

    private List<Path> policies(boolean isRun) {
        if (!isRun) {
            return List.of(folder);
        }
        RunDirectory directory = new RunDirectory(folder);
        List<Path> policies = Stream.of(directory.basePolicy(), directory.trainedPolicy())
                .filter(Files::exists)
                .toList();
        if (policies.isEmpty()) {
            throw new RunFailure("run " + folder + " has no policy yet");
        }
        return policies;
    }

    private Measured measured(
            String name, TramontaneConfig config, double sampledAt, int budget, List<ProblemOutcome> outcomes) {
        int most = outcomes.stream()
                .mapToInt(outcome -> outcome.samples().size())
                .max()
                .orElseThrow();
        for (int k : ks) {
            if (k < 1 || k > most) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--k " + k + " is not between 1 and the " + most + " completions of a problem (--samples)");
            }
        }
        List<Integer> chosen = ks.isEmpty()
                ? IntStream.iterate(1, k -> k <= most, k -> 2 * k).boxed().toList()
                : ks;
        return new Measured(
                EvaluationReport.of(
                        name,
                        new EvaluationReport.Sampling(
                                sampledAt,
                                budget,
                                config.run().seed(),
                                config.evaluation().confidence()),
                        outcomes,
                        chosen),
                outcomes);
    }
}
