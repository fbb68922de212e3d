package io.tramontane.pipeline.scheduling;

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

/**
 * Decides which prompts are issued, and when: a cursor over the data set, shuffled anew each epoch, and credits that
 * bound how many groups are unfinished. What it issues depends on the seed and the number of groups issued before, so a
 * schedule that goes on from an older state issues the same groups under the same ids again.
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

    /**
     * @param state where to go on; {@link ScheduleState#initial()} for a new run
     * @throws IllegalArgumentException without problems, or when the credits do not cover a batch, which would then
     *     never fill
     */
    public PromptSchedule(RunPlan plan, SchedulingSettings settings, ProblemSource problems, ScheduleState state) {
        if (problems.size() < 1) {
            throw new IllegalArgumentException("the data set has no problems");
        }
        if (settings.maximumGroupsInFlight() < plan.groupsPerBatch()) {
            throw new IllegalArgumentException("a batch takes " + plan.groupsPerBatch() + " groups but only "
                    + settings.maximumGroupsInFlight() + " may be in flight: it would never fill");
        }
        this.plan = plan;
        this.settings = settings;
        this.problems = problems;
        order = new EpochOrder(plan.seed(), problems.size());
        nextSequence = state.nextSequence();
        epoch = state.epoch();
        position = state.position();
        newestStep = state.newestStep();
        state.inFlight().forEach(group -> inFlight.put(group.groupId(), group));
    }

    /** Where the schedule stands, to go on from. */
    public ScheduleState state() {
        return new ScheduleState(nextSequence, epoch, position, newestStep, new ArrayList<>(inFlight.values()));
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
        while (inFlight.size() < credits()) {
            InFlightGroup group = next(now);
            inFlight.put(group.groupId(), group);
            issued.add(prompt(group));
        }
        return issued;
    }

    /**
     * Groups that may be in flight.
     *
     * <p>With no more groups than one batch takes, synchronous generation stands still while the batch is trained: the
     * next groups get their credits from the outcomes of the step.
     */
    public int credits() {
        return switch (settings.mode()) {
            case ASYNC -> settings.maximumGroupsInFlight();
            case SYNC -> plan.groupsPerBatch();
        };
    }

    private InFlightGroup next(long now) {
        if (position >= problems.size()) {
            position = 0;
            epoch++;
        }
        int problem = order.problem(epoch, position++);
        String id = Identity.groupId(plan.runId(), epoch, problems.get(problem).id());
        // No version of a run is older than the one it begins with, whatever a generator has to start with.
        long minimumVersion = settings.mode() == SchedulingMode.SYNC
                ? newestStep
                : plan.beginning().newestStep();
        return new InFlightGroup(id, nextSequence++, epoch, problem, minimumVersion, now);
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
        return new Prompt(
                group.groupId(),
                plan.runId(),
                group.sequence(),
                group.epoch(),
                problem.id(),
                problem.problem(),
                problem.reference(),
                problem.language(),
                settings.groupSize(),
                new SamplingSettings((float) settings.temperature(), settings.maximumNewTokens()),
                group.minimumVersion(),
                problem.verifier(),
                samples);
    }
}
