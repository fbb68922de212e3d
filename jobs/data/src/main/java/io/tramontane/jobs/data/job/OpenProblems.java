package io.tramontane.jobs.data.job;

import io.tramontane.jobs.data.dataset.ProblemSet;
import io.tramontane.jobs.data.dataset.ReadProblems;
import io.tramontane.jobs.data.dataset.ReadingRules;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The problems that are open in this process: read once, however many parts of a run ask for them, the scheduler in the
 * Flink job among them, which gets no more than their name. They stay in memory until the last who opened them closes.
 *
 * <p>Thread-safe.
 */
public final class OpenProblems {

    private static final Logger LOG = LoggerFactory.getLogger(OpenProblems.class);
    private static final Map<Name, Open> OPEN = new HashMap<>();

    /**
     * What problems they are.
     *
     * @param what of a dataset: those for training or those held out
     * @param place the file, or what takes its place
     * @param count how many of them, where they are made
     */
    record Name(String what, String place, ReadingRules reading, int count, long seed) {}

    private static final class Open {
        private final ReadProblems read;
        private int holders;

        Open(ReadProblems read) {
            this.read = read;
        }
    }

    /** Keeps problems open until it is closed, once. */
    public static final class Lease implements AutoCloseable {

        private final Name name;
        private final ReadProblems read;
        private boolean closed;

        private Lease(Name name, ReadProblems read) {
            this.name = name;
            this.read = read;
        }

        public ProblemSet problems() {
            return read.problems();
        }

        /** Writes to the log what was left out, when there is a log to write to. */
        public void log() {
            LOG.info(
                    "{} of {}: {} problems",
                    name.what(),
                    name.place(),
                    problems().problems().size());
            read.log(LOG);
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                release(name);
            }
        }
    }

    private OpenProblems() {}

    /** Opens them: those that are open already, else as they are read. */
    static synchronized Lease open(Name name, Supplier<ReadProblems> reader) {
        Open open = OPEN.computeIfAbsent(name, unknown -> new Open(reader.get()));
        open.holders++;
        return new Lease(name, open.read);
    }

    /** Those that are open; else they are read, and kept by nobody but the caller. */
    static ProblemSet get(Name name, Supplier<ReadProblems> reader) {
        synchronized (OpenProblems.class) {
            Open open = OPEN.get(name);
            if (open != null) {
                return open.read.problems();
            }
        }
        ReadProblems read = reader.get();
        read.log(LOG);
        return read.problems();
    }

    private static synchronized void release(Name name) {
        Open open = OPEN.get(name);
        open.holders--;
        if (open.holders == 0) {
            OPEN.remove(name);
        }
    }
}
