package io.tramontane.jobs.kernel.config;

/**
 * Something wrong with one setting.
 *
 * @param origin where it was written
 * @param key its dotted key; empty when the file as a whole is meant
 * @param message what is wrong and what to do about it
 */
record ConfigProblem(Origin origin, String key, String message) {

    @Override
    public String toString() {
        return origin + ": " + (key.isEmpty() ? "" : key + ": ") + message;
    }
}
