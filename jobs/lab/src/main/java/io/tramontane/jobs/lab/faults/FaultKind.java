package io.tramontane.jobs.lab.faults;

import java.util.Locale;

/** What can be done to a cluster. Each is done for real: by a signal, to a folder, or on a topic. */
public enum FaultKind {
    /** SIGKILL of the TaskManager that runs the job: the spare one takes over, and another is started after that. */
    TASK_MANAGER_KILLED(true),
    /** SIGKILL of the JobManager, started again at once. */
    JOB_MANAGER_KILLED(false),
    /** SIGKILL of a generator in the middle of its sequences, started again at once. */
    GENERATOR_KILLED(false),
    /** SIGKILL of the broker, started again at once. */
    BROKER_KILLED(false),
    /** SIGSTOP of the TaskManager that runs the job for longer than the heartbeat's timeout, then SIGCONT. */
    TASK_MANAGER_FROZEN(true),
    /** SIGSTOP of the JobManager for longer than the heartbeat's timeout, then SIGCONT. */
    JOB_MANAGER_FROZEN(false),
    /** SIGSTOP of a generator for longer than the lease of its prompts, then SIGCONT. */
    GENERATOR_FROZEN(false),
    /** The folder of the job's checkpoints is gone for some seconds. */
    CHECKPOINT_FAILED(false),
    /** The disk of the checkpoints is full for some seconds. */
    CHECKPOINT_DISK_FULL(false),
    /** Every record of the completions topic is delivered once more. */
    COMPLETIONS_DUPLICATED(false),
    /** Records that are no completions, in between. */
    RECORDS_CORRUPTED(false);

    private final boolean restartsTheJob;

    FaultKind(boolean restartsTheJob) {
        this.restartsTheJob = restartsTheJob;
    }

    /** Whether the trainer must begin a new incarnation before the run can go on. */
    boolean restartsTheJob() {
        return restartsTheJob;
    }

    /** As it is written on the command line. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return title();
    }
}
