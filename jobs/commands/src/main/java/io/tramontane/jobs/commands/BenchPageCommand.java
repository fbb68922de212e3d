package io.tramontane.jobs.commands;

import io.tramontane.jobs.kernel.files.DirectoryTree;
import io.tramontane.jobs.lab.throughput.PageBenchmark;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.broker.EmbeddedBroker;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the run page over many completions. */
@Command(
        name = "page",
        description = {
            "How long the run page takes for what a person does with it, over a run of many completions.",
            "Exits with 1 when a median is beyond 100 ms."
        },
        mixinStandardHelpOptions = true)
final class BenchPageCommand implements Callable<Integer> {

    private static final int GROUP_SIZE = 16;
    private static final double MOST_MILLIS = 100;

    @Option(
            names = "--completions",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Completions of about 2 KB (default: ${DEFAULT-VALUE}, 2.5 GB on the disk).")
    private long completions;

    @Option(names = "--serve", description = "Serve the page afterwards, until this command is ended (Ctrl-C).")
    private boolean serve;

    private Interruption interruption;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (completions < GROUP_SIZE) {
            throw new ParameterException(spec.commandLine(), "--completions must be at least 16");
        }
        Path temporary = Files.createTempDirectory("tramontane-bench");
        try (EmbeddedBroker broker = EmbeddedBroker.start(temporary.resolve("kafka"))) {
            KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), Map.of());
            PageBenchmark.Result result = new PageBenchmark(kafka, "bench-page", completions / GROUP_SIZE)
                    .run(what -> line("page", "%s", what), this::report);
            return result.interactions().stream().allMatch(interaction -> interaction.median() < MOST_MILLIS) ? 0 : 1;
        } finally {
            DirectoryTree.deleteIfPresent(temporary);
            if (interruption != null) {
                interruption.close();
            }
        }
    }

    private void report(URI page, PageBenchmark.Result result) throws InterruptedException {
        line(
                "index",
                "%,d completions in %.1f s, %.1f MB of heap",
                result.completions(),
                result.indexSeconds(),
                result.indexBytes() / 1e6);
        result.interactions()
                .forEach(interaction -> line(
                        "interaction",
                        "%-30s median %5.1f ms, slowest %5.1f ms",
                        interaction.name(),
                        interaction.median(),
                        interaction.slowest()));
        if (serve) {
            line("run page", "%s (Ctrl-C ends it)", page);
            CountDownLatch stopped = new CountDownLatch(1);
            interruption = Interruption.stoppingBy(stopped::countDown);
            stopped.await();
        }
    }

    private void line(String title, String format, Object... values) {
        spec.commandLine().getOut().printf("%-13s %s%n", title, String.format(Locale.ROOT, format, values));
        spec.commandLine().getOut().flush();
    }
}
