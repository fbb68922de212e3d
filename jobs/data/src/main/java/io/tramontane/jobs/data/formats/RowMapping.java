package io.tramontane.jobs.data.formats;

/** One layout. Stateless and thread-safe. */
public interface RowMapping {

    /**
     * The problem of a row.
     *
     * @param row what it holds; faults of its fields are noted there, all of them
     */
    MappedRow map(RowFields row);
}
