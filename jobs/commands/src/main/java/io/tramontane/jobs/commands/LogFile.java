package io.tramontane.jobs.commands;

import java.nio.file.Path;

/**
 * Where the log goes. {@code infra/log4j2.xml} reads the system property that is set here; its name is Flink's, whose
 * web UI shows the file.
 */
final class LogFile {

    private static final String PROPERTY = "log.file";

    private LogFile() {}

    /** From now on; nothing is logged before. */
    static void writeTo(Path file) {
        System.setProperty(PROPERTY, file.toAbsolutePath().toString());
    }
}
