package io.tramontane.pipeline.scheduling;

import io.tramontane.pipeline.curriculum.CurriculumState;
import io.tramontane.pipeline.curriculum.Stage;
import io.tramontane.pipeline.curriculum.StepProgress;
import io.tramontane.schemas.Identity;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.OutcomeKind;
import io.tramontane.schemas.Prompt;
import io.tramontane.schemas.SamplingSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Decides which prompts are issued, and when: a cursor over the data set, reshuffled each epoch, and credits that bound
 * how many groups are unfinished. What it issues depends on the seed and the number of groups issued before, so a
 * schedule that goes on from an older state issues the same groups under the same ids again. The stage of the
 * curriculum that a group is issued in stays its own, also when it is issued again.
 *
 * <p>Not thread-safe.
 */
public final class PromptSchedule {

    private final RunPlan plan;
    private final SchedulingSettings settings;
    private final ProblemSource problems;
    private final EpochOrder order;
    private final Map<String, InFlightGroup> inFlight = new LinkedHashMap<>();
    private long nextSequence;
    private int epoch;
    private int position;
    private long newestStep;
    private CurriculumState stage;
    private volatile int credits;

    /**
     * @param state where to go on; {@link ScheduleState#initial()} for a new run
     * @throws IllegalArgumentException without problems, in any stage, or when the credits do not cover a batch, which
     *     would then never fill
     */
    public PromptSchedule(RunPlan plan, SchedulingSettings settings, ProblemSource problems, ScheduleState state) {
        if (problems.size() < 1) {
            throw new IllegalArgumentException("the data set has no problems");
        }
        this.plan = plan;
        this.settings = settings;
        this.problems = problems;
        for (int number = 1; number <= plan.curriculum().size(); number++) {
            requireFeasible(number);
        }
        order = new EpochOrder(plan.seed(), problems.size());
        nextSequence = state.nextSequence();
        epoch = state.epoch();
        position = state.position();
        newestStep = state.newestStep();
        stage = state.curriculum();
        state.inFlight().forEach(group -> inFlight.put(group.groupId(), group));
        credits = bound();
    }

    private void requireFeasible(int number) {
        int credits = plan.curriculum().stage(number).maximumGroupsInFlight();
        if (credits < groupsPerBatch(number)) {
            throw new IllegalArgumentException("a batch takes " + groupsPerBatch(number) + " groups but only " + credits
                    + " may be in flight: it would never fill");
        }
        Stage stage = plan.curriculum().stage(number);
        if (!stage.allProblems()
                && IntStream.range(0, problems.size()).noneMatch(problem -> stage.poses(problems.passRate(problem)))) {
            throw new IllegalArgumentException("no problem has a pass rate between " + stage.minimumPassRate() + " and "
                    + stage.maximumPassRate() + ", as stage " + number + " of the curriculum wants");
        }
    }

    /** Groups that fill a batch of the stage. */
    private int groupsPerBatch(int number) {
        int completions = plan.curriculum().stage(number).completionsPerBatch();
        return (completions + settings.groupSize() - 1) / settings.groupSize();
    }

    /** Where the schedule stands, to go on from. */
    public ScheduleState state() {
        return new ScheduleState(nextSequence, epoch, position, newestStep, new ArrayList<>(inFlight.values()), stage);
    }

    /** Number of the stage that the next group belongs to, from 1; 0 in a run without a curriculum. */
    public int stage() {
        return plan.curriculum().told(stage.stage());
    }

    /** Takes in the results of a step's groups, which may begin the next stage. */
    public void progressed(StepProgress step) {
        stage = stage.after(step, plan.curriculum());
    }

    /**
     * Takes an outcome in; repeated ones, and those of single completions, change nothing.
     *
     * @return whether the schedule has changed
     */
    public boolean ended(Outcome outcome) {
        if (outcome.getCompletionId() != null || inFlight.remove(outcome.getGroupId()) == null) {
            return false;
        }
        if (outcome.getKind() == OutcomeKind.TRAINED) {
            newestStep = Math.max(newestStep, outcome.getStep());
        }
        return true;
    }

    /** The prompts that may be issued now; from here on they are in flight. */
    public List<Prompt> issue(long now) {
        List<Prompt> issued = new ArrayList<>();
        while (inFlight.size() < bound()) {
            InFlightGroup group = next(now);
            inFlight.put(group.groupId(), group);
            issued.add(prompt(group));
        }
        credits = bound();
        return issued;
    }

    /** Groups that may be in flight, as of the last time that any were issued; by any thread. */
    public int credits() {
        return credits;
    }

    private int bound() {
        return switch (settings.mode()) {
            case ASYNC -> asynchronousBound();
            case SYNC -> synchronousBound();
        };
    }

    /**
     * The credits of the stage; but while groups of former stages are unfinished, the batch being filled may still be
     * of any stage from theirs on, and larger than the credits of this one: it must be able to fill.
     */
    private int asynchronousBound() {
        int current = plan.curriculum().clamped(stage.stage());
        int bound = plan.curriculum().stage(current).maximumGroupsInFlight();
        for (int number = oldestStage(); number < current; number++) {
            bound = Math.max(bound, groupsPerBatch(number));
        }
        return bound;
    }

    /**
     * With no more groups than one batch takes, synchronous generation stands still while the batch is trained: the
     * next groups get their credits from the outcomes of the step. A larger batch of the next stage waits until the
     * last one of the stage before is trained, since all of it asks for those weights. Of a smaller one a few groups
     * may be issued too many, which are trained a step later: with fewer a batch of the stage before might never fill.
     *
     * <p>Where several steps are made with one version, their batches are generated together, and the next ones once
     * the last of them is trained.
     */
    private int synchronousBound() {
        int stepsLeft = plan.stepsPerPublication() - (int) (newestStep % plan.stepsPerPublication());
        return groupsPerBatch(oldestStage()) * stepsLeft;
    }

    /** The newest version that generators get, as far as outcomes tell. */
    private long newestPublished() {
        return newestStep - newestStep % plan.stepsPerPublication();
    }

    /** The earliest stage that an unfinished group belongs to; the current one when there is none. */
    private int oldestStage() {
        if (!plan.curriculum().changes()) {
            return 1;
        }
        return inFlight.values().stream()
                .mapToInt(group -> plan.curriculum().clamped(group.stage()))
                .min()
                .orElse(plan.curriculum().clamped(stage.stage()));
    }

    private InFlightGroup next(long now) {
        int number = plan.curriculum().clamped(stage.stage());
        Stage current = plan.curriculum().stage(number);
        int problem;
        String id;
        do {
            if (position >= problems.size()) {
                position = 0;
                epoch++;
            }
            problem = order.problem(epoch, position++);
            id = Identity.groupId(plan.runId(), epoch, problems.get(problem).id());
            // A fork may pose again what its parent had in flight: where problems are passed over, its place is a
            // guess.
        } while (inFlight.containsKey(id) || !current.allProblems() && !current.poses(problems.passRate(problem)));
        // No version of a run is older than the one it begins with, whatever a generator has to start with.
        long first = plan.beginning().newestStep();
        long minimumVersion = settings.mode() == SchedulingMode.SYNC ? Math.max(first, newestPublished()) : first;
        return new InFlightGroup(id, nextSequence++, epoch, problem, minimumVersion, now, number);
    }

    /** The prompts that have had no outcome for too long, to be issued again under the same ids. */
    public List<Prompt> reissue(long now) {
        List<Prompt> again = new ArrayList<>();
        for (InFlightGroup group : List.copyOf(inFlight.values())) {
            if (now >= due(group)) {
                inFlight.put(group.groupId(), group.issuedAgain(now));
                again.add(prompt(group));
            }
        }
        return again;
    }

    /**
     * The prompt of a group for some of its samples only, unless the group has ended; it will not be issued again for
     * all of them before its time is up once more.
     *
     * @param samples indices of the samples wanted
     */
    public Optional<Prompt> reissue(String groupId, int[] samples, long now) {
        return Optional.ofNullable(inFlight.computeIfPresent(groupId, (id, group) -> group.issuedAgain(now)))
                .map(group -> prompt(group, Arrays.stream(samples).boxed().toList()));
    }

    /** When {@link #reissue} has something to do next, milliseconds since the epoch. */
    public OptionalLong nextReissue() {
        return inFlight.values().stream().mapToLong(this::due).min();
    }

    private long due(InFlightGroup group) {
        return group.issuedAt() + settings.reissueAfter().toMillis();
    }

    /** Groups issued and not ended. */
    public int inFlight() {
        return inFlight.size();
    }

    private Prompt prompt(InFlightGroup group) {
        return prompt(group, List.of());
    }

    private Prompt prompt(InFlightGroup group, List<Integer> samples) {
        SourceProblem problem = problems.get(group.problem());
        Stage stage = plan.curriculum().stage(group.stage());
        return Prompt.newBuilder()
                .setGroupId(group.groupId())
                .setRunId(plan.runId())
                .setSequence(group.sequence())
                .setEpoch(group.epoch())
                .setProblemId(problem.id())
                .setProblem(problem.problem())
                .setReference(problem.reference())
                .setLanguage(problem.language())
                .setGroupSize(settings.groupSize())
                .setSampling(new SamplingSettings((float) settings.temperature(), stage.maximumNewTokens()))
                .setMinimumVersion(group.minimumVersion())
                .setVerifier(problem.verifier())
                .setSamples(samples)
                .setStage(plan.curriculum().recorded(group.stage()))
                .build();
    }
}
