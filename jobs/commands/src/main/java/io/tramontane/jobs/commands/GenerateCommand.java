package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.ClusterOptions;
import io.tramontane.jobs.generator.GeneratorStatistics;
import io.tramontane.jobs.generator.LocalGenerator;
import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.metrics.ProcessMetrics;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.run.console.RunConsole;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.files.PolicyFiles;
import io.tramontane.policy.tokenizer.PolicyTokenizer;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a generator until it is stopped. */
@Command(
        name = "generate",
        description = {
            "Run one generator: take prompts of the run from Kafka, publish completions, adopt new weights in flight.",
            "Any number of generators may run; Ctrl-C hands unfinished prompts to the others."
        },
        mixinStandardHelpOptions = true)
final class GenerateCommand implements Callable<Integer> {

    private static final Duration STATUS_INTERVAL = Duration.ofSeconds(5);

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = "--generator-id",
            paramLabel = "ID",
            description = "Name of the generator in its completions; else made from host and process.")
    private String generatorId;

    @Override
    public Integer call() throws IOException, InterruptedException {
        TramontaneConfig config =
                cluster.load(TramontaneConfig.loader(), TramontaneConfig::run, TramontaneConfig::kafka);
        PolicyBundle base = PolicyFiles.load(cluster.policy());
        cluster.prepareTopics(config.run(), config.kafka());
        String name = generatorId == null
                ? InetAddress.getLocalHost().getHostName() + "-"
                        + ProcessHandle.current().pid()
                : generatorId;
        RunConsole console = TerminalConsole.open();
        CountDownLatch stop = new CountDownLatch(1);
        Interruption interruption = Interruption.stoppingBy(stop::countDown);
        try (ProcessMetrics metrics =
                        ProcessMetrics.open(config.metrics(), config.flink().properties());
                PolicyTokenizer tokenizer = PolicyFiles.loadTokenizer(cluster.policy());
                LocalGenerator generator = LocalGenerator.start(new LocalGenerator.Parts(
                        name,
                        config.run().id(),
                        config.run().seed(),
                        config.kafka(),
                        config.weights(),
                        config.prompts(),
                        config.generation(),
                        base,
                        tokenizer,
                        metrics.group()))) {
            console.say("generator", "%s of run %s", name, config.run().id());
            watch(generator, console, stop);
            return 0;
        } finally {
            interruption.close();
        }
    }

    private static void watch(LocalGenerator generator, RunConsole console, CountDownLatch stop)
            throws InterruptedException {
        while (!stop.await(STATUS_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
            if (generator.failure().isPresent()) {
                Throwable failure = generator.failure().get();
                throw new RunFailure("the generator failed: " + failure.getMessage(), failure);
            }
            generator.statistics().ifPresent(statistics -> console.say("generated", "%s", describe(statistics)));
        }
        console.say("stopping", "unfinished prompts go back to the queue");
    }

    private static String describe(GeneratorStatistics statistics) {
        return String.format(
                Locale.ROOT,
                "%,d completions, %,.0f tokens a second, weights %d/%d",
                statistics.completions(),
                statistics.tokens() / Math.max(statistics.seconds(), 1e-9),
                statistics.weights().incarnation(),
                statistics.weights().version());
    }
}
