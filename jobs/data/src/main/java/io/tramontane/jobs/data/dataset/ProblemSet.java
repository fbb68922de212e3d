package io.tramontane.jobs.data.dataset;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Problems in a fixed order, their ids unique.
 *
 * @param problems at least one
 */
public record ProblemSet(List<Problem> problems) {

    /** @throws DatasetException if it is empty or an id occurs twice */
    public ProblemSet {
        problems = List.copyOf(problems);
        if (problems.isEmpty()) {
            throw new DatasetException("a dataset needs at least one problem");
        }
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < problems.size(); i++) {
            Integer before = seen.put(problems.get(i).id(), i);
            if (before != null) {
                throw new DatasetException("the id '" + problems.get(i).id() + "' occurs twice: as problem "
                        + (before + 1) + " and as problem " + (i + 1));
            }
        }
    }

    /** How many problems there are. */
    public int size() {
        return problems.size();
    }
}
