package io.tramontane.jobs.lab.soak;

/** What is sampled. */
enum SoakFigure {
    RESIDENT("Resident memory", "MB, the whole process", "%.0f", 30),
    OUTSIDE_HEAP("Outside the heap", "MB resident beyond the heap taken, which the collector resizes", "%.0f", 30),
    HEAP("Heap", "MB alive after a collection", "%.1f", 10),
    HEAP_TAKEN("Heap taken", "MB taken from the system, bounded by -Xmx; garbage included", "%.0f"),
    METASPACE("Metaspace", "MB", "%.1f", 3),
    DIRECT("Direct memory", "MB of buffers", "%.1f", 5),
    MAPPED("Mapped files", "MB of buffers, index files that grow with the topics included", "%.1f"),
    FILES("Open files", "descriptors of the process", "%.0f", 40),
    THREADS("Threads", "of Java", "%.0f", 10),
    ARRAYS("Native arrays", "NDArrays of trainer and generator", "%.0f", 40),
    STEPS("Steps", "committed", "%.0f"),
    COMPLETIONS("Completions", "a second, while a generator runs", "%.0f");

    private final String title;
    private final String note;
    private final String format;
    private final double tolerance;
    private final boolean judged;

    SoakFigure(String title, String note, String format, double tolerance) {
        this(title, note, format, tolerance, true);
    }

    SoakFigure(String title, String note, String format) {
        this(title, note, format, 0, false);
    }

    SoakFigure(String title, String note, String format, double tolerance, boolean judged) {
        this.title = title;
        this.note = note;
        this.format = format;
        this.tolerance = tolerance;
        this.judged = judged;
    }

    String title() {
        return title;
    }

    String note() {
        return note;
    }

    String format() {
        return format;
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
