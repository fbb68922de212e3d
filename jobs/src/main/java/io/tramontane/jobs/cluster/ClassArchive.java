package io.tramontane.jobs.cluster;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes that a Java process has loaded, in a form that others of the same class path map into memory instead of
 * loading them one by one (class data sharing). A convenience: without it everything works, but starts slower.
 */
final class ClassArchive {

    private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);
    private static final long PATIENCE_SECONDS = 60;

    private final Path file;

    ClassArchive(Path file) {
        this.file = file;
    }

    boolean exists() {
        return Files.exists(file);
    }

    /** What a process must be started with, so that it uses the archive, or can make it. */
    List<String> options() {
        return exists()
                // A library that has changed since makes the archive useless, and the process does without.
                ? List.of("-XX:SharedArchiveFile=" + file, "-Xshare:auto", "-Xlog:cds=off", "-Xlog:cds+dynamic=off")
                : List.of("-XX:+RecordDynamicDumpInfo", "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
    }

    /**
     * Writes the archive of a process that was started with {@link #options()} and stays as it is.
     *
     * @return whether there is an archive now; a JDK without {@code jcmd} makes none
     */
    boolean write(ProcessHandle process) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.deleteIfExists(temporary);
            Process dump = new ProcessBuilder(
                            jcmd.toString(),
                            Long.toString(process.pid()),
                            "VM.cds",
                            "dynamic_dump",
                            temporary.toAbsolutePath().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.DISCARD)
                    .start();
            if (!dump.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || !Files.exists(temporary)) {
                dump.destroyForcibly();
                LOG.warn("no archive of classes was made of process {}", process.pid());
                return false;
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (IOException e) {
            LOG.warn("no archive of classes was made", e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
