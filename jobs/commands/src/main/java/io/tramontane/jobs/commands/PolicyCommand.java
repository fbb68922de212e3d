package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.ConfigOptions;
import io.tramontane.jobs.generator.LocalGenerator;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.files.ModelDescription;
import io.tramontane.policy.files.PolicyFiles;
import io.tramontane.policy.training.LogProbabilities;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a model's folder holds, or what it computes of given tokens. */
@Command(
        name = "policy",
        description = {
            "Say what is in a model's folder: family, parameters, shape, features, tokenizer, chat templates, and what a"
                    + " run will hold of it.",
            "A folder that is not computed as transformers does is refused, with a line for each problem."
        },
        mixinStandardHelpOptions = true)
final class PolicyCommand implements Callable<Integer> {

    private static final Path TERMINAL = Path.of("-");

    @Parameters(paramLabel = "FOLDER", description = "The model, in Hugging Face layout.")
    private Path folder;

    @Option(names = "--json", description = "Write a JSON object in place of the table.")
    private boolean json;

    @Option(
            names = "--logprobs",
            paramLabel = "FILE",
            description = {
                "Write log-probabilities in place of the table: each line {\"id\", \"tokens\": [...]} of this file gives a"
                        + " line {\"id\", \"logprobs\": [...]}, in the same order.",
                "Each is that of the token given those before it, in float32 and at temperature 1; the first token has"
                        + " none: null.",
                "Lines that are wrong are named and left out; the exit code is 1 when there is one. Micro-batches have at"
                        + " most pipeline.batching.micro-batch-tokens, or one line."
            })
    private Path tokens;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            defaultValue = "-",
            description = "Where log-probabilities go; '-' prints them (the default).")
    private Path output;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (tokens != null && json) {
            throw new ParameterException(spec.commandLine(), "--json is of the table, which --logprobs does not write");
        }
        boolean printed = output.equals(TERMINAL);
        if (tokens == null && !printed) {
            throw new ParameterException(spec.commandLine(), "--output needs --logprobs");
        }
        TramontaneConfig config = options.applyTo(TramontaneConfig.loader()).load();
        if (tokens != null) {
            LogProbFile.check(tokens, printed ? null : output);
        }
        ModelDescription model = PolicyFiles.describe(folder);
        return tokens == null ? describe(model, config) : write(model.config(), config, printed ? null : output);
    }

    private int describe(ModelDescription model, TramontaneConfig config) {
        PolicyNeeds needs = PolicyNeeds.of(
                model.config(),
                LocalGenerator.size(config.generation(), model.config()),
                config.weights().versionsKept());
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? PolicyTable.json(model, needs) : PolicyTable.text(model, needs));
        out.flush();
        return ExitCode.OK;
    }

    /** @param fileOrNull null where lines are printed */
    private int write(PolicyConfig policy, TramontaneConfig config, Path fileOrNull) throws IOException {
        PrintWriter error = spec.commandLine().getErr();
        try (LogProbabilities logProbs = new LogProbabilities(policy, PolicyFiles.weights(folder, policy))) {
            LogProbFile lines = new LogProbFile(
                    tokens, policy, config.pipeline().batching().microBatchTokens(), logProbs::of, error::println);
            if (fileOrNull == null) {
                lines.writeTo(spec.commandLine().getOut());
            } else {
                lines.writeTo(fileOrNull);
            }
            error.println(lines.summary());
            error.flush();
            return lines.wrong() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }
}
