package io.tramontane.jobs.run.cluster;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.files.AtomicFile;
import io.tramontane.jobs.kernel.files.Json;
import io.tramontane.jobs.run.cluster.ClusterProcess.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which processes a cluster has and where they listen, on the loopback interface all of them. Written down, so that a
 * process that is started again is found where it was.
 *
 * @param taskManagers how many
 * @param generators how many
 * @param brokerPort 0 when the brokers are the user's
 */
public record ClusterPlan(
        int taskManagers, int generators, int brokerPort, int zooKeeperPort, int jobManagerPort, int webPort) {

    /** A plan with free ports. */
    public static ClusterPlan create(int taskManagers, int generators, boolean ownBroker, int webPort) {
        try (ServerSocket broker = free();
                ServerSocket zooKeeper = free();
                ServerSocket jobManager = free();
                ServerSocket web = free()) {
            return new ClusterPlan(
                    taskManagers,
                    generators,
                    ownBroker ? broker.getLocalPort() : 0,
                    zooKeeper.getLocalPort(),
                    jobManager.getLocalPort(),
                    webPort == 0 ? web.getLocalPort() : webPort);
        } catch (IOException e) {
            throw new RunFailure("there is no free port on this machine: " + e.getMessage(), e);
        }
    }

    private static ServerSocket free() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    /** @throws RunFailure when the file cannot be read */
    public static ClusterPlan load(Path file) {
        try {
            return Json.read(file, ClusterPlan.class);
        } catch (IOException e) {
            throw new RunFailure(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Writes to a temporary name, then moves. */
    public void save(Path file) {
        try {
            AtomicFile.write(file, Json.pretty(this));
        } catch (IOException e) {
            throw new RunFailure("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** Where the cluster's own broker listens, for clients. */
    @JsonIgnore
    public String brokerAddress() {
        return "127.0.0.1:" + brokerPort;
    }

    /** The same cluster with more or fewer processes. */
    public ClusterPlan withSize(int wantedTaskManagers, int wantedGenerators) {
        return new ClusterPlan(
                wantedTaskManagers, wantedGenerators, brokerPort, zooKeeperPort, jobManagerPort, webPort);
    }

    /** Every process, in the order in which they start. */
    @JsonIgnore
    public List<ClusterProcess> processes() {
        List<ClusterProcess> processes = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (int index = 1; index <= count(kind); index++) {
                processes.add(new ClusterProcess(kind, index));
            }
        }
        return processes;
    }

    private int count(Kind kind) {
        return switch (kind) {
            case ZOOKEEPER, JOB_MANAGER -> 1;
            case BROKER -> brokerPort == 0 ? 0 : 1;
            case TASK_MANAGER -> taskManagers;
            case GENERATOR -> generators;
        };
    }
}
