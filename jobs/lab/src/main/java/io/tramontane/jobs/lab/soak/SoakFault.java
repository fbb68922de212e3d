package io.tramontane.jobs.lab.soak;

/** What can go wrong within one process and really does here. */
public enum SoakFault {
    /** Flink's TaskManager ends with all its tasks, and another one starts. */
    TASK_MANAGER_LOST("TaskManager lost"),
    /** The generator ends in the middle of its sequences without a word about its prompts, and another one starts. */
    GENERATOR_LOST("generator lost"),
    /** The broker stops and starts again on the same folder and port. */
    BROKER_RESTARTED("broker restarted"),
    /** The newest completions are delivered a second time. */
    COMPLETIONS_DUPLICATED("completions duplicated"),
    /** Records that are no completions come to their topic. */
    RECORDS_CORRUPTED("records corrupted");

    private final String title;

    SoakFault(String title) {
        this.title = title;
    }

    /** As tables and charts name it. */
    public String title() {
        return title;
    }
}
