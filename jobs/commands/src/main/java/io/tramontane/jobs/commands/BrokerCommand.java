package io.tramontane.jobs.commands;

import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.kafka.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the small broker of a local run as a process of its own. */
@Command(
        name = "broker",
        description = "Run one small Kafka broker, reachable from this machine only, until it is stopped.",
        mixinStandardHelpOptions = true)
final class BrokerCommand implements Callable<Integer> {

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            required = true,
            description = "Where it keeps everything; made when missing.")
    private Path directory;

    @Option(names = "--port", paramLabel = "PORT", description = "Its port; else a free one.")
    private int port;

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        CompletableFuture<String> end = new CompletableFuture<>();
        Interruption interruption = Interruption.stoppingBy(() -> end.complete(""));
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, port)) {
            broker.failure().thenAccept(end::complete);
            TerminalConsole.open().say("broker", "%s in %s", broker.bootstrapServers(), directory);
            String failure = end.get();
            if (!failure.isEmpty()) {
                throw new RunFailure("the broker cannot go on: " + failure);
            }
            return 0;
        } finally {
            interruption.close();
        }
    }
}
