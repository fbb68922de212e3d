package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.ConfigOptions;
import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.run.local.RunKafka;
import io.tramontane.kafka.weights.WeightsSubscriber;
import io.tramontane.kafka.weights.WeightsSubscriber.ReceivedWeights;
import io.tramontane.policy.Weights;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.files.PolicyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a policy in Hugging Face layout. */
@Command(
        name = "export",
        description = "Write a run's policy in Hugging Face layout: config.json, model.safetensors, tokenizer.json.",
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {

    private static final Duration WEIGHTS_TIMEOUT = Duration.ofSeconds(30);

    /** Which policy of a run. */
    enum Source {
        /** After the warm-up. */
        BASE,
        /** The newest weights that the trainer has published, of a finished run or of one that was stopped. */
        NEWEST
    }

    @Parameters(index = "0", paramLabel = "FOLDER", description = "The run's folder, runs/<id>.")
    private Path folder;

    @Parameters(index = "1", paramLabel = "TO", description = "The folder to make.")
    private Path target;

    @Option(
            names = "--from",
            paramLabel = "POLICY",
            defaultValue = "NEWEST",
            description = "base: after the warm-up; newest: the newest weights on the topic (default).")
    private Source source;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        TramontaneConfig config = RunFolder.located(
                options.applyTo(RunFolder.configurationOf(folder)).load(), folder);
        RunDirectory directory = RunFolder.of(config);
        if (Files.exists(target)) {
            throw new RunFailure(target + " exists already");
        }
        PolicyBundle base = PolicyFiles.load(directory.basePolicy());
        PolicyBundle exported = source == Source.BASE ? base : newest(config, directory, base);
        PolicyFiles.save(target, exported);
        spec.commandLine().getOut().println("wrote " + target);
        return 0;
    }

    private PolicyBundle newest(TramontaneConfig config, RunDirectory directory, PolicyBundle base)
            throws InterruptedException {
        try (RunKafka kafka = RunKafka.open(config, directory);
                WeightsSubscriber subscriber =
                        new WeightsSubscriber(kafka.settings(), directory.id(), config.weights())) {
            ReceivedWeights received = subscriber
                    .newest(WEIGHTS_TIMEOUT)
                    .orElseThrow(() -> new RunFailure("run " + directory.id() + " has published no weights yet;"
                            + " --from base exports the policy it began with"));
            spec.commandLine()
                    .getOut()
                    .println("weights of step " + received.version().version());
            Weights weights = Weights.fromBytes(
                    base.config().tensors(), received.payload().data());
            return base.with(weights);
        }
    }
}
