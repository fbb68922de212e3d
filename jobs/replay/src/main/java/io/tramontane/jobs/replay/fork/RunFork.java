package io.tramontane.jobs.replay.fork;

import io.tramontane.jobs.evaluation.Evaluation;
import io.tramontane.jobs.kernel.config.ConfigWriter;
import io.tramontane.jobs.kernel.files.AtomicFile;
import io.tramontane.jobs.kernel.files.DirectoryTree;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.replay.TrainingReplay;
import io.tramontane.jobs.replay.TrainingReplay.ReplayedStep;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.run.console.RunConsole;
import io.tramontane.jobs.run.local.RunKafka;
import io.tramontane.jobs.run.local.RunState;
import io.tramontane.jobs.topology.Fork;
import io.tramontane.jobs.topology.ForkPoint;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.kafka.topics.TopicAdmin;
import io.tramontane.kafka.topics.TopicStatus;
import io.tramontane.pipeline.scheduling.ScheduleState;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.files.PolicyFiles;
import io.tramontane.policy.training.TrainerState;
import io.tramontane.schemas.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Makes a run that goes on from a step of a recorded one, its parent, with settings of its own.
 *
 * <p>The weights topic keeps recent versions only, and moments are nowhere but in checkpoints. So the parent's training
 * is replayed up to the step, which gives both; after each step the weights must have the recorded hash. The place in
 * the dataset is derived from prompts, steps and outcomes ({@link ForkedSchedule}).
 *
 * <p>The fork is a run like any other: its ids, and with them the seeds of sampling, are its own, and it needs its
 * parent no more. Used by one thread.
 */
public final class RunFork {

    /** Topics of which the beginning is needed. */
    private static final List<Topic> NEEDED = List.of(Topic.STEPS, Topic.GROUPS, Topic.PROMPTS, Topic.OUTCOMES);

    private final TramontaneConfig original;
    private final RunDirectory parent;
    private final TramontaneConfig config;
    private final RunConsole console;

    /**
     * @param original the parent's settings
     * @param config the fork's, with its id and place
     */
    public RunFork(TramontaneConfig original, RunDirectory parent, TramontaneConfig config, RunConsole console) {
        this.original = original;
        this.parent = parent;
        this.config = config;
        this.console = console;
    }

    /**
     * Makes the fork's folder, ready to be run; it appears whole or not at all.
     *
     * @param step of the parent, after which the fork begins
     * @throws ForkException when the parent has no such step, or does not hold what is needed any more
     * @throws io.tramontane.jobs.replay.ReplayException when the parent's training cannot be replayed
     * @throws io.tramontane.jobs.kernel.failure.RunFailure when the parent is in use by another process
     * @throws IOException when the parent's base policy cannot be read, or the folder not be written
     */
    public void create(long step) throws IOException {
        PolicyBundle base = PolicyFiles.load(parent.basePolicy());
        try (RunKafka kafka = RunKafka.open(original, parent)) {
            requireRecorded(kafka.settings());
            TrainingReplay replay = new TrainingReplay(original, parent);
            List<Step> log = replay.log(kafka.settings());
            requireStep(log, step);
            List<Step> before =
                    log.stream().filter(each -> each.getStep() <= step).toList();
            ScheduleState schedule = schedule(kafka.settings(), before);
            TrainerState state = replay.run(kafka.settings(), parent.id(), step, (replayed, of) -> {
                        requireIdentical(replayed);
                        console.progress("replaying", (int) replayed.recorded().getStep(), (int) step);
                    })
                    .state();
            write(base, new ForkPoint(parent.id(), step, state.weights().sha256(), schedule), state);
            console.say(
                    "fork",
                    "of %s@%d: weights %.12s",
                    parent.id(),
                    step,
                    state.weights().sha256());
            console.say(
                    "dataset",
                    "pass %d, %,d problems into it; %d groups that were in flight are asked again",
                    schedule.epoch() + 1,
                    schedule.position(),
                    schedule.inFlight().size());
        }
    }

    private void requireRecorded(KafkaSettings kafka) {
        try (TopicAdmin topics = new TopicAdmin(kafka)) {
            for (Topic topic : NEEDED) {
                TopicStatus status = topics.describe(topic, parent.id());
                if (!status.exists()) {
                    throw new ForkException("there is no topic " + status.name()
                            + ": nothing was recorded, or the run's folder, whose name is the run's id, was renamed");
                }
                if (status.deleted() > 0) {
                    throw new ForkException("the first " + status.deleted() + " records of " + status.name()
                            + " are deleted: run " + parent.id() + " cannot be forked any more, because that takes"
                            + " training it again from its first step");
                }
            }
        }
    }

    private void requireStep(List<Step> log, long step) {
        long first = log.get(0).getStep();
        long last = log.get(log.size() - 1).getStep();
        if (step < first) {
            throw new ForkException("run " + parent.id() + " begins with step " + first + ", as a fork of "
                    + Fork.in(parent.fork()).orElseThrow().point() + ": fork that run");
        }
        if (step > last) {
            throw new ForkException(
                    "run " + parent.id() + " has no step " + step + " to be forked after; its last is " + last);
        }
        long maximum = config.training().maximumSteps();
        if (maximum <= step) {
            throw new ForkException("the fork would have nothing to do: it begins after step " + step
                    + " and training.maximum-steps is " + maximum + "; --steps takes the number of its last step,"
                    + " counted from the parent's first");
        }
    }

    private static void requireIdentical(ReplayedStep replayed) {
        if (!replayed.identical()) {
            long step = replayed.recorded().getStep();
            throw new ForkException("step " + step + " trained again does not give the recorded weights, so there is"
                    + " nothing to go on from; 'replay --training --last-step " + step + "' says where they differ");
        }
    }

    /** The parent's place in a dataset that the fork has too; another dataset begins at its beginning. */
    private ScheduleState schedule(KafkaSettings kafka, List<Step> before) {
        if (!config.dataset().equals(original.dataset())
                || config.run().seed() != original.run().seed()) {
            return ForkedSchedule.atTheBeginning(before.get(before.size() - 1).getStep());
        }
        ScheduleState beginning =
                Fork.in(parent.fork()).map(fork -> fork.point().schedule()).orElseGet(ScheduleState::initial);
        return ForkedSchedule.of(config, kafka, parent.id(), beginning, before);
    }

    private void write(PolicyBundle base, ForkPoint point, TrainerState state) throws IOException {
        Path output = config.run().output();
        RunDirectory made = new RunDirectory(output.resolve("." + config.run().id() + ".fork"));
        DirectoryTree.deleteIfPresent(made.root());
        Files.createDirectories(made.root());
        try {
            Fork.write(made.fork(), point, base, state);
            PolicyFiles.save(made.basePolicy(), base);
            new RunState(0, 0, null, measured()).save(made.state());
            AtomicFile.write(made.configuration(), ConfigWriter.toYaml(config));
            Files.move(made.root(), output.resolve(config.run().id()), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            DirectoryTree.deleteIfPresent(made.root());
        }
    }

    /** How good the base policy was found, unless it would be measured otherwise now. */
    private Evaluation measured() {
        boolean same = config.evaluation().equals(original.evaluation())
                && config.dataset().equals(original.dataset())
                && config.reward().equals(original.reward())
                && config.run().seed() == original.run().seed();
        return same ? RunState.load(parent.state()).base() : null;
    }
}
