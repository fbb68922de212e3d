package io.tramontane.jobs.run.cluster;

import io.tramontane.jobs.kernel.folder.RunDirectory;
import java.nio.file.Path;

/** What a cluster keeps, all of it below the folder of the run it serves. */
public record ClusterDirectory(RunDirectory run) {

    private Path root() {
        return run.root().resolve("cluster");
    }

    /** Which processes there are to be, and their ports. */
    public Path plan() {
        return root().resolve("cluster.json");
    }

    /** How often the job has been submitted, a number. */
    public Path submissions() {
        return root().resolve("submissions");
    }

    /** One file a process: its pid and when it began. */
    public Path processes() {
        return root().resolve("processes");
    }

    /** One log a process, and what it printed. */
    public Path logs() {
        return root().resolve("logs");
    }

    /** Links to the libraries of Flink's processes. */
    public Path libraries() {
        return root().resolve("lib");
    }

    /** Configuration of Flink and ZooKeeper. */
    public Path configuration() {
        return root().resolve("conf");
    }

    /** What ZooKeeper keeps. */
    public Path zooKeeper() {
        return root().resolve("zookeeper");
    }

    /** What a JobManager leaves to the one after it. */
    public Path highAvailability() {
        return root().resolve("high-availability");
    }

    /** Working files of TaskManagers. */
    public Path temporary() {
        return root().resolve("tmp");
    }
}
