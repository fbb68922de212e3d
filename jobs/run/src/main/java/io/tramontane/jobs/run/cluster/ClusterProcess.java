package io.tramontane.jobs.run.cluster;

/**
 * One process of a cluster by its role.
 *
 * @param index from 1 among those of its kind
 */
public record ClusterProcess(Kind kind, int index) {

    /** Roles, in the order in which they start; they end in the opposite order. */
    public enum Kind {
        ZOOKEEPER("zookeeper"),
        BROKER("broker"),
        JOB_MANAGER("job-manager"),
        TASK_MANAGER("task-manager"),
        GENERATOR("generator");

        private final String title;

        Kind(String title) {
            this.title = title;
        }
    }

    /** Its name in listings and files. */
    public String name() {
        return switch (kind) {
            case ZOOKEEPER, BROKER, JOB_MANAGER -> kind.title;
            case TASK_MANAGER, GENERATOR -> kind.title + "-" + index;
        };
    }
}
