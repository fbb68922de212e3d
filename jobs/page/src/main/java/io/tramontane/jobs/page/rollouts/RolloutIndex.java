package io.tramontane.jobs.page.rollouts;

import io.tramontane.kafka.records.RecordPlace;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.GroupFate;
import io.tramontane.schemas.ScoredCompletion;
import io.tramontane.schemas.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where the finished groups of a run lie and what can be filtered by, without their text: two bytes a completion and
 * some 150 a group.
 *
 * <p>Thread-safe.
 */
public final class RolloutIndex {

    private static final int FIRST_CAPACITY = 1024;
    private static final GroupFate[] FATES = GroupFate.values();

    private String[] ids = new String[FIRST_CAPACITY];
    private int[] partitions = new int[FIRST_CAPACITY];
    private long[] offsets = new long[FIRST_CAPACITY];
    private long[] steps = new long[FIRST_CAPACITY];
    private float[] rewards = new float[FIRST_CAPACITY];
    private byte[] fates = new byte[FIRST_CAPACITY];
    private byte[] languages = new byte[FIRST_CAPACITY];
    /** Number of the group's first completion; one more than there are groups. */
    private int[] first = new int[FIRST_CAPACITY + 1];

    private short[] marks = new short[FIRST_CAPACITY * 16];
    /** Completions by mark: every event of every open page tells them. */
    private final int[] totals = new int[RolloutMark.values().length];

    private int groups;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> languageNames = new ArrayList<>();
    /** Steps become visible with the groups they trained, in another topic. */
    private final Map<String, Long> stepsAhead = new HashMap<>();

    /**
     * A group as the list shows it.
     *
     * @param number in the order in which groups were found, from 0
     * @param step that trained it; 0 for none
     * @param right completions whose answer is right
     * @param matching completions that the query asks for
     */
    public record Row(
            int number,
            String groupId,
            long step,
            String language,
            GroupFate fate,
            int size,
            double rewardMean,
            int right,
            int matching) {}

    /**
     * How much there is.
     *
     * @param marks completions by mark
     */
    public record Totals(int groups, int completions, Map<RolloutMark, Integer> marks, List<String> languages) {}

    /** Adds a group; one that is there already changes nothing. */
    synchronized void add(RecordPlace place, Group group) {
        if (numbers.putIfAbsent(group.getGroupId(), groups) != null) {
            return;
        }
        if (groups == ids.length) {
            growGroups();
        }
        ids[groups] = group.getGroupId();
        partitions[groups] = place.partition();
        offsets[groups] = place.offset();
        Long step = stepsAhead.remove(group.getGroupId());
        steps[groups] = step == null ? 0 : step;
        rewards[groups] = (float) group.getRewardMean();
        fates[groups] = (byte) group.getFate().ordinal();
        languages[groups] = language(group.getLanguage());
        int completion = first[groups];
        if (completion + group.getCompletions().size() > marks.length) {
            marks = Arrays.copyOf(
                    marks,
                    Math.max(
                            marks.length * 2,
                            completion + group.getCompletions().size()));
        }
        for (ScoredCompletion scored : group.getCompletions()) {
            Set<RolloutMark> found = RolloutMark.of(scored);
            marks[completion++] = RolloutMark.bits(found);
            found.forEach(mark -> totals[mark.ordinal()]++);
        }
        first[++groups] = completion;
    }

    private void growGroups() {
        int capacity = ids.length * 2;
        ids = Arrays.copyOf(ids, capacity);
        partitions = Arrays.copyOf(partitions, capacity);
        offsets = Arrays.copyOf(offsets, capacity);
        steps = Arrays.copyOf(steps, capacity);
        rewards = Arrays.copyOf(rewards, capacity);
        fates = Arrays.copyOf(fates, capacity);
        languages = Arrays.copyOf(languages, capacity);
        first = Arrays.copyOf(first, capacity + 1);
    }

    private byte language(String name) {
        int known = languageNames.indexOf(name);
        if (known < 0 && languageNames.size() < Byte.MAX_VALUE) {
            languageNames.add(name);
            known = languageNames.size() - 1;
        }
        return (byte) known;
    }

    /** Notes which groups a step trained. */
    synchronized void trained(Step step) {
        for (String groupId : step.getGroupIds()) {
            Integer number = numbers.get(groupId);
            if (number == null) {
                stepsAhead.put(groupId, step.getStep());
            } else {
                steps[number] = step.getStep();
            }
        }
    }

    /**
     * The groups a query asks for, its text aside, the newest first.
     *
     * @param most how many at most
     */
    synchronized List<Row> rows(RolloutQuery query, int most) {
        short wanted = RolloutMark.bits(query.marks());
        int language = query.language().map(languageNames::indexOf).orElse(-1);
        if (query.language().isPresent() && language < 0) {
            return List.of();
        }
        List<Row> rows = new ArrayList<>();
        int from = (int) Math.min(groups, query.before().orElse(groups));
        for (int number = from - 1; number >= 0 && rows.size() < most; number--) {
            boolean candidate =
                    (query.step().isEmpty() || steps[number] == query.step().getAsLong())
                            && (language < 0 || languages[number] == language);
            int matching = candidate ? matching(number, wanted) : 0;
            if (matching > 0) {
                rows.add(row(number, matching));
            }
        }
        return rows;
    }

    /** How many groups and completions a query asks for in all, its text and its beginning aside. */
    synchronized int[] count(RolloutQuery query) {
        short wanted = RolloutMark.bits(query.marks());
        int language = query.language().map(languageNames::indexOf).orElse(-1);
        int[] counts = {0, 0};
        for (int number = 0; number < groups; number++) {
            if ((query.step().isEmpty() || steps[number] == query.step().getAsLong())
                    && (query.language().isEmpty() || languages[number] == language)) {
                int matching = matching(number, wanted);
                counts[0] += matching > 0 ? 1 : 0;
                counts[1] += matching;
            }
        }
        return counts;
    }

    private int matching(int number, short wanted) {
        int matching = 0;
        for (int completion = first[number]; completion < first[number + 1]; completion++) {
            matching += (marks[completion] & wanted) == wanted ? 1 : 0;
        }
        return matching;
    }

    private Row row(int number, int matching) {
        return new Row(
                number,
                ids[number],
                steps[number],
                languages[number] < 0 ? "" : languageNames.get(languages[number]),
                FATES[fates[number]],
                first[number + 1] - first[number],
                rewards[number],
                matching(number, (short) (1 << RolloutMark.RIGHT.ordinal())),
                matching);
    }

    synchronized Totals totals() {
        Map<RolloutMark, Integer> counts = new TreeMap<>();
        for (RolloutMark mark : RolloutMark.values()) {
            counts.put(mark, totals[mark.ordinal()]);
        }
        return new Totals(groups, first[groups], counts, List.copyOf(languageNames));
    }

    synchronized OptionalInt number(String groupId) {
        Integer number = numbers.get(groupId);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    synchronized Optional<Row> row(int number) {
        return number < 0 || number >= groups
                ? Optional.empty()
                : Optional.of(row(number, first[number + 1] - first[number]));
    }

    synchronized RecordPlace place(int number) {
        return new RecordPlace(partitions[number], offsets[number]);
    }
}
