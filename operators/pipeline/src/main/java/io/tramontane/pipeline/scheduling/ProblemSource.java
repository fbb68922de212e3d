package io.tramontane.pipeline.scheduling;

import java.io.Serializable;

/**
 * The data set of a run, by position. It travels with the job graph: implementations are small (a seed, a path) and
 * read their data after deserialization.
 */
public interface ProblemSource extends Serializable {

    /** How many problems there are; at least one, and the same at every call. */
    int size();

    /**
     * The problem at a position.
     *
     * @param index from 0 to {@code size() - 1}; the same problem at every call
     */
    SourceProblem get(int index);

    /**
     * How often the problem was solved before, for the stages of a curriculum.
     *
     * @param index as for {@link #get}; the same rate at every call
     * @return between 0 and 1; {@code NaN} when nobody knows
     */
    default double passRate(int index) {
        return Double.NaN;
    }
}
