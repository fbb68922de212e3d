package io.tramontane.jobs.data.rows;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One row of a file. */
public sealed interface FileRow {

    /** Which row, counted from 1 as the file counts: lines of JSON Lines, elements of an array, rows of Parquet. */
    long number();

    /** Where it stands, for a message: {@code line 12}. */
    String place();

    /**
     * A row that is an object.
     *
     * @param fields its own; the reader makes a new one for each row
     */
    record Readable(long number, String place, ObjectNode fields) implements FileRow {}

    /**
     * A row that is none.
     *
     * @param reason what is wrong with it
     */
    record Broken(long number, String place, String reason) implements FileRow {}
}
