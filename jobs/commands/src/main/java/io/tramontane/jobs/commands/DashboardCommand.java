package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.ConfigOptions;
import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.page.dashboard.Dashboard;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.run.console.RunConsole;
import io.tramontane.jobs.run.local.RunKafka;
import io.tramontane.jobs.run.local.RunPage;
import io.tramontane.jobs.run.local.RunServices;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.kafka.topics.TopicAdmin;
import io.tramontane.policy.files.PolicyFiles;
import io.tramontane.policy.tokenizer.PolicyTokenizer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Serves the page of a run that goes on elsewhere, or has ended. */
@Command(
        name = "dashboard",
        description = {
            "Serve the page of a run until Ctrl-C: curves, the pipeline and what holds it up, completions.",
            "It needs the run's topics alone; with Flink's address it shows how busy operators are as well."
        },
        mixinStandardHelpOptions = true)
final class DashboardCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "RUN",
            description = {
                "The run's folder, runs/<id>, running or not; or the id of a run without one, on the brokers that"
                        + " kafka.bootstrap-servers names."
            })
    private String run;

    @Option(
            names = "--flink",
            paramLabel = "URL",
            description = "Flink's web address, where the run's job is (default: that of a local run).")
    private URI flink;

    @Option(names = "--port", paramLabel = "N", description = "Where to serve it (page.port); else a free one.")
    private String port;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    private final CountDownLatch stopped = new CountDownLatch(1);

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Path.of(run);
        return Files.isDirectory(folder) ? ofFolder(folder) : ofBrokers();
    }

    private int ofFolder(Path folder) throws IOException, InterruptedException {
        TramontaneConfig config = RunFolder.located(
                shortcuts(options.applyTo(RunFolder.configurationOf(folder))).load(), folder);
        RunDirectory directory = RunFolder.of(config);
        Optional<RunServices> services = RunServices.of(directory);
        boolean inItsProcess = services.isPresent() && config.kafka().embedded();
        Optional<PolicyTokenizer> tokenizer = tokenizer(directory);
        try {
            if (inItsProcess) {
                KafkaSettings kafka = new KafkaSettings(
                        services.get().brokers(), config.kafka().properties());
                return serve(config, Optional.of(directory), kafka, services, tokenizer);
            }
            try (RunKafka kafka = RunKafka.open(config, directory)) {
                return serve(config, Optional.of(directory), kafka.settings(), services, tokenizer);
            }
        } finally {
            tokenizer.ifPresent(PolicyTokenizer::close);
        }
    }

    private int ofBrokers() throws InterruptedException {
        TramontaneConfig config = shortcuts(
                        options.applyTo(TramontaneConfig.loader()).option("RUN", "run.id", run))
                .load();
        if (config.kafka().embedded()) {
            throw new RunFailure("there is no folder " + run
                    + "; for a run without one, kafka.bootstrap-servers must name its brokers");
        }
        return serve(config, Optional.empty(), config.kafka(), Optional.empty(), Optional.empty());
    }

    private ConfigLoader<TramontaneConfig> shortcuts(ConfigLoader<TramontaneConfig> loader) {
        if (port != null) {
            loader.option("--port", "page.port", port);
        }
        return loader;
    }

    private static Optional<PolicyTokenizer> tokenizer(RunDirectory directory) throws IOException {
        return Files.exists(directory.basePolicy())
                ? Optional.of(PolicyFiles.loadTokenizer(directory.basePolicy()))
                : Optional.empty();
    }

    private int serve(
            TramontaneConfig config,
            Optional<RunDirectory> directory,
            KafkaSettings kafka,
            Optional<RunServices> services,
            Optional<PolicyTokenizer> tokenizer)
            throws InterruptedException {
        try (TopicAdmin topics = new TopicAdmin(kafka)) {
            if (!topics.describe(Topic.STEPS, config.run().id()).exists()) {
                throw new RunFailure("there is no run " + config.run().id() + " at " + kafka.bootstrapServers()
                        + " (no topic " + Topic.STEPS.nameFor(config.run().id()) + ")");
            }
        }
        Optional<URI> rest = Optional.ofNullable(flink).or(() -> services.map(known -> URI.create(known.flink())));
        RunConsole console = TerminalConsole.open();
        Interruption interruption = Interruption.stoppingBy(stopped::countDown);
        try (Dashboard page = RunPage.serve(config, directory, kafka, rest, tokenizer)) {
            console.say("run page", "%s (Ctrl-C ends it)", page.address());
            stopped.await();
            return 0;
        } finally {
            interruption.close();
        }
    }
}
