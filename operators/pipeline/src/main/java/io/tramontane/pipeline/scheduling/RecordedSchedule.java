package io.tramontane.pipeline.scheduling;

import io.tramontane.pipeline.curriculum.CurriculumState;
import io.tramontane.schemas.Identity;
import io.tramontane.schemas.Prompt;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Where the schedule of a recorded run stood after one of its steps, derived from the prompts it issued and from the
 * groups that had ended by then.
 *
 * <p>Groups are issued in the order of their sequence numbers. So the last that had ended tells how far the dataset had
 * been asked for; those before it that had not ended were in flight, and those behind it are the next ones, whether the
 * run had issued them by then or not.
 *
 * <p>The other run goes on in the stage of the curriculum that the last group was issued in, whose steps count from
 * there. Where stages pass problems over, some of the epoch may be posed again by the other run.
 *
 * <p>Memory: the identity of each group. Not thread-safe.
 */
public final class RecordedSchedule {

    private record Issued(long sequence, int epoch, String problemId, int stage) {}

    private final ScheduleState beginning;
    private final Map<String, Issued> issued = new HashMap<>();
    private final Set<String> ended = new HashSet<>();

    /** @param beginning where the recorded run began */
    public RecordedSchedule(ScheduleState beginning) {
        this.beginning = beginning;
    }

    /** Takes a prompt of the run in, in any order; repeated ones change nothing. */
    public void issued(Prompt prompt) {
        issued.put(
                prompt.getGroupId(),
                new Issued(prompt.getSequence(), prompt.getEpoch(), prompt.getProblemId(), stageOf(prompt)));
    }

    private static int stageOf(Prompt prompt) {
        return prompt.getStage() == null ? 0 : prompt.getStage().getNumber();
    }

    /** Takes in that a group had ended by the step in question: trained by it, or dropped before. */
    public void ended(String groupId) {
        ended.add(groupId);
    }

    /**
     * Where another run goes on. Its groups in flight are due to be issued at once.
     *
     * @param runId that of the other run
     * @param step after which it goes on: no version of its weights is older
     * @param problems tells the index of a problem in the dataset by its id
     */
    public ScheduleState goingOn(String runId, long step, ToIntFunction<String> problems) {
        Optional<Issued> last =
                ended.stream().map(issued::get).filter(group -> group != null).max(bySequence());
        if (last.isEmpty()) {
            return new ScheduleState(
                    beginning.nextSequence(),
                    beginning.epoch(),
                    beginning.position(),
                    step,
                    List.of(),
                    beginning.curriculum());
        }
        long newest = last.get().sequence();
        List<InFlightGroup> open = issued.entrySet().stream()
                .filter(group -> !ended.contains(group.getKey()))
                .map(Map.Entry::getValue)
                .filter(group -> group.sequence() < newest)
                .sorted(bySequence())
                .map(group -> new InFlightGroup(
                        Identity.groupId(runId, group.epoch(), group.problemId()),
                        group.sequence(),
                        group.epoch(),
                        problems.applyAsInt(group.problemId()),
                        step,
                        InFlightGroup.NEVER,
                        group.stage()))
                .toList();
        return new ScheduleState(
                newest + 1,
                last.get().epoch(),
                position(last.get()),
                step,
                open,
                CurriculumState.begun(last.get().stage()));
    }

    /** Problems of the epoch that were issued up to the last group. */
    private int position(Issued last) {
        long counted = issued.values().stream()
                .filter(group -> group.epoch() == last.epoch()
                        && group.sequence() >= beginning.nextSequence()
                        && group.sequence() <= last.sequence())
                .count();
        int before = last.epoch() == beginning.epoch() ? beginning.position() : 0;
        return before + Math.toIntExact(counted);
    }

    private static Comparator<Issued> bySequence() {
        return Comparator.comparingLong(Issued::sequence);
    }
}
