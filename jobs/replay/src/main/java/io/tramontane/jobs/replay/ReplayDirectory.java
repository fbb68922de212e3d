package io.tramontane.jobs.replay;

import io.tramontane.jobs.kernel.folder.RunDirectory;
import java.nio.file.Path;

/**
 * Where the results of a replay lie: in the folder {@code replays/<name>} of the run, and in topics of the run's broker
 * under an id of their own.
 */
record ReplayDirectory(RunDirectory run, String name) {

    /** The id that the replay's topics begin with. */
    String id() {
        return run.id() + ".replay." + name;
    }

    Path root() {
        return run.root().resolve("replays").resolve(name);
    }

    Path configuration() {
        return root().resolve("config.yaml");
    }

    Path checkpoints() {
        return root().resolve("checkpoints");
    }

    /** Completions with other verdicts, JSON Lines. */
    Path changes() {
        return root().resolve("changed.jsonl");
    }

    /** One object a step, in the form of a run's metrics. */
    Path metrics() {
        return root().resolve("metrics.jsonl");
    }

    /** The policy a replayed training ends with. */
    Path policy() {
        return root().resolve("policy");
    }

    Path page() {
        return root().resolve("replay.html");
    }
}
