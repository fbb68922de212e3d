package io.tramontane.jobs.lab.watching;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.util.PortRange;

/** Where this process shows its metrics to Prometheus: Flink at one port, the generator at the next. */
public final class MetricsEndpoints {

    private static final int PORTS = 10;
    private static final int HIGHEST_PORT = 65_535;
    private static final int TIMEOUT_MILLIS = 2_000;

    private MetricsEndpoints() {}

    /** Ports of which the first was free a moment ago, and the others most likely are. */
    public static PortRange free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int first = socket.getLocalPort();
            return new PortRange(first + "-" + Math.min(first + PORTS - 1, HIGHEST_PORT));
        }
    }

    /** @throws IOException when none answers */
    static List<URI> answering(PortRange ports) throws IOException {
        List<URI> answering = new ArrayList<>();
        for (Iterator<Integer> port = ports.getPortsIterator(); port.hasNext(); ) {
            URI address = URI.create("http://127.0.0.1:" + port.next() + "/metrics");
            if (answers(address)) {
                answering.add(address);
            }
        }
        if (answering.isEmpty()) {
            throw new IOException("no metrics are shown at the ports " + ports);
        }
        return answering;
    }

    private static boolean answers(URI address) {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException nothingThere) {
            return false;
        }
    }
}
