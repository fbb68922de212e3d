package io.tramontane.jobs.kernel.config;

/**
 * Where a setting was written, so that an error can point to it.
 *
 * @param source a file's name, or the option that holds the setting
 * @param line in the file, from 1; 0 when the source has no lines
 */
record Origin(String source, int line) {

    /** {@code file.yaml:12}, or the option. */
    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line;
    }
}
