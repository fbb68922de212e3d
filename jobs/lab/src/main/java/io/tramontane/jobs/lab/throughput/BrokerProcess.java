package io.tramontane.jobs.lab.throughput;

import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.kafka.broker.EmbeddedBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The embedded broker in a process of its own. In the process of the job its buffers and its garbage would be taken for
 * the job's, and the raw consumer would run beside a heap that the job has filled.
 */
final class BrokerProcess implements AutoCloseable {

    private final JavaProcess process;
    private final String bootstrapServers;

    private BrokerProcess(JavaProcess process, String bootstrapServers) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Returns when the broker answers.
     *
     * @throws RunFailure when it does not come up
     */
    static BrokerProcess start(Path directory, Path log) throws IOException {
        JavaProcess process = JavaProcess.start(BrokerProcess.class, "1g", log, directory.toString());
        String bootstrapServers = process.readLine();
        if (bootstrapServers == null) {
            process.close();
            throw new RunFailure("the broker did not start; see " + log);
        }
        return new BrokerProcess(process, bootstrapServers);
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void close() throws IOException {
        process.close();
    }

    /** Runs until its input ends: so it does not outlive the one that started it. */
    public static void main(String[] arguments) throws IOException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(Path.of(arguments[0]));
                BufferedReader parent = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(broker.bootstrapServers());
            while (parent.readLine() != null) {
                // Nothing is said to a broker.
            }
        }
    }
}
