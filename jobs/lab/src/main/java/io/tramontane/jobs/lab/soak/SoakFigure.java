package io.tramontane.jobs.lab.soak;

/** What is sampled. */
enum SoakFigure {
    RESIDENT("Resident memory", "MB, the whole process", 0, 30),
    OUTSIDE_HEAP("Outside the heap", "MB resident beyond the heap taken, which the collector resizes", 0, 30),
    HEAP("Heap", "MB alive after a collection", 1, 10),
    HEAP_TAKEN("Heap taken", "MB taken from the system, bounded by -Xmx; garbage included", 0),
    METASPACE("Metaspace", "MB", 1, 3),
    DIRECT("Direct memory", "MB of buffers", 1, 5),
    MAPPED("Mapped files", "MB of buffers, index files that grow with the topics included", 1),
    FILES("Open files", "descriptors of the process", 0, 40),
    THREADS("Threads", "of Java", 0, 10),
    ARRAYS("Native arrays", "NDArrays of trainer and generator", 0, 40),
    STEPS("Steps", "committed", 0),
    COMPLETIONS("Completions", "a second, while a generator runs", 0);

    private final String title;
    private final String note;
    private final int decimals;
    private final double tolerance;
    private final boolean judged;

    SoakFigure(String title, String note, int decimals, double tolerance) {
        this(title, note, decimals, tolerance, true);
    }

    SoakFigure(String title, String note, int decimals) {
        this(title, note, decimals, 0, false);
    }

    SoakFigure(String title, String note, int decimals, double tolerance, boolean judged) {
        this.title = title;
        this.note = note;
        this.decimals = decimals;
        this.tolerance = tolerance;
        this.judged = judged;
    }

    String title() {
        return title;
    }

    String note() {
        return note;
    }

    int decimals() {
        return decimals;
    }

    /** As for {@link String#format}. */
    String format() {
        return "%." + decimals + "f";
    }

    /** Growth that is never called one, whatever the level: what comes and goes with connections and tasks. */
    double tolerance() {
        return tolerance;
    }

    /** Whether it must be level. */
    boolean judged() {
        return judged;
    }
}
