package io.tramontane.jobs.page.rollouts;

import io.tramontane.jobs.page.facts.RunFacts;
import io.tramontane.kafka.KafkaUnreachableException;
import io.tramontane.kafka.records.RecordFetcher;
import io.tramontane.kafka.records.RecordPlace;
import io.tramontane.kafka.records.TopicTail;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the policy wrote in a run: follows the finished groups into an index, and reads their text when it is asked for.
 * One thread follows; any may ask.
 */
public final class Rollouts {

    private static final Duration POLL = Duration.ofMillis(300);
    /** An answer within a tenth of a second feels immediate; the rest of it is for the browser. */
    private static final long SEARCH_NANOS = Duration.ofMillis(50).toNanos();

    private static final int GROUPS_A_FETCH = 16;

    private final RunFacts run;
    private final RolloutIndex index = new RolloutIndex();
    private final Object reading = new Object();
    private TopicTail<Group> groups;
    private RecordFetcher<Group> fetcher;
    private volatile boolean upToDate;

    /**
     * A page of the list.
     *
     * @param rows the newest first
     * @param next where to go on; empty when there is nothing more
     * @param searched groups whose text was looked at
     */
    public record Page(List<RolloutIndex.Row> rows, OptionalLong next, int searched) {}

    public Rollouts(RunFacts run) {
        this.run = run;
    }

    /** Takes in what has been finished meanwhile; waits a moment when nothing has. */
    public void follow() {
        if (groups == null) {
            groups = TopicTail.unhurried(run.kafka(), Topic.GROUPS, run.runId(), Group.class);
        }
        int found = groups.forEach(
                POLL, record -> index.add(new RecordPlace(record.partition(), record.offset()), record.value()));
        upToDate = found == 0;
    }

    /** Notes which groups a step trained. */
    public void trained(Step step) {
        index.trained(step);
    }

    /** Whether all finished groups were in the index at the last look. */
    public boolean upToDate() {
        return upToDate;
    }

    public RolloutIndex.Totals totals() {
        return index.totals();
    }

    /** How many groups and completions a query asks for, whatever its text. */
    public int[] count(RolloutQuery query) {
        return index.count(query);
    }

    /**
     * A page of the groups that a query asks for. With a text, it may hold fewer than the limit, or none, and yet go
     * on: reading all text would take minutes.
     *
     * @throws KafkaUnreachableException when text is wanted and no broker answers
     */
    public Page page(RolloutQuery query) {
        if (query.text().isBlank()) {
            List<RolloutIndex.Row> rows = index.rows(query, query.limit() + 1);
            boolean more = rows.size() > query.limit();
            List<RolloutIndex.Row> page = more ? rows.subList(0, query.limit()) : rows;
            return new Page(
                    page, more ? OptionalLong.of(page.get(page.size() - 1).number()) : OptionalLong.empty(), 0);
        }
        return search(query);
    }

    private Page search(RolloutQuery query) {
        String text = query.text().toLowerCase(Locale.ROOT);
        long deadline = System.nanoTime() + SEARCH_NANOS;
        List<RolloutIndex.Row> rows = new ArrayList<>();
        OptionalLong before = query.before();
        int searched = 0;
        while (rows.size() < query.limit() && System.nanoTime() < deadline) {
            List<RolloutIndex.Row> candidates = index.rows(from(query, before), GROUPS_A_FETCH);
            if (candidates.isEmpty()) {
                return new Page(rows, OptionalLong.empty(), searched);
            }
            Map<RecordPlace, Group> read = read(
                    candidates.stream().map(row -> index.place(row.number())).toList());
            for (RolloutIndex.Row row : candidates) {
                before = OptionalLong.of(row.number());
                searched++;
                Group group = read.get(index.place(row.number()));
                if (group != null && GroupText.holds(group, text, query.marks())) {
                    rows.add(row);
                    if (rows.size() == query.limit()) {
                        break;
                    }
                }
            }
        }
        return new Page(rows, before, searched);
    }

    private static RolloutQuery from(RolloutQuery query, OptionalLong before) {
        return new RolloutQuery(query.marks(), query.step(), query.language(), "", before, query.limit());
    }

    /**
     * A group with all its completions, by its id or its number in the index.
     *
     * @return empty when there is none, or it was deleted meanwhile
     * @throws KafkaUnreachableException when no broker answers
     */
    public Optional<GroupView> group(String idOrNumber) {
        Optional<RolloutIndex.Row> row = index.number(idOrNumber).isPresent()
                ? index.row(index.number(idOrNumber).getAsInt())
                : number(idOrNumber).flatMap(index::row);
        return row.flatMap(found -> {
            RecordPlace place = index.place(found.number());
            return Optional.ofNullable(read(List.of(place)).get(place))
                    .map(group -> GroupView.of(group, found.step(), run.tokens()));
        });
    }

    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Map<RecordPlace, Group> read(List<RecordPlace> places) {
        synchronized (reading) {
            if (fetcher == null) {
                fetcher = new RecordFetcher<>(run.kafka(), Topic.GROUPS, run.runId(), Group.class);
            }
            return fetcher.fetch(places);
        }
    }

    /** Closes what {@link #follow} opened; by the thread that follows. */
    public void closeFollowing() {
        if (groups != null) {
            groups.close();
            groups = null;
        }
    }

    /** Closes what reads texts; by any thread, when nobody asks any more. */
    public void closeReading() {
        synchronized (reading) {
            if (fetcher != null) {
                fetcher.close();
                fetcher = null;
            }
        }
    }
}
