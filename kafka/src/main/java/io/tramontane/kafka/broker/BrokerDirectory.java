package io.tramontane.kafka.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory in which an embedded broker keeps everything, locked while it is open. Kafka's own lock comes too late
 * for a combined broker and controller: by then the second process has already written to the metadata log of the
 * first.
 */
final class BrokerDirectory implements AutoCloseable {

    private static final String LOCK_FILE = ".tramontane-lock";

    private static final Logger LOG = LoggerFactory.getLogger(BrokerDirectory.class);

    /** Below this a broker would start and fail at its first segments. */
    private static final long LEAST_FREE_BYTES = 64L << 20;

    private final Path path;
    private final FileChannel lock;

    private BrokerDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes the directory if needed and formats it once. Kafka writes the file that marks a formatted directory last
     * and atomically, so a process killed while formatting leaves one that is formatted again.
     *
     * @throws BrokerStartException when the directory cannot be used
     */
    static BrokerDirectory open(
            Path directory, int nodeId, String controllerListener, Optional<BrokerSecurity> security) {
        Path path = directory.toAbsolutePath().normalize();
        FileChannel lock = null;
        try {
            Files.createDirectories(path);
            lock = lock(path);
            Optional<String> shortage = shortage(path);
            if (shortage.isPresent()) {
                throw new BrokerStartException("the embedded broker cannot start: " + shortage.get());
            }
            if (!Files.exists(path.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
                format(path, nodeId, controllerListener, security);
            }
            return new BrokerDirectory(path, lock);
        } catch (Exception e) {
            closeQuietly(lock);
            throw e instanceof BrokerStartException known
                    ? known
                    : new BrokerStartException(
                            "the embedded broker cannot use the directory " + path + ": " + reason(e), e);
        }
    }

    Path path() {
        return path;
    }

    /** What to tell the user when the disk is (nearly) full; empty when it is not. */
    Optional<String> shortage() {
        try {
            return shortage(path);
        } catch (IOException e) {
            return Optional.of("the directory " + path + " cannot be reached: " + reason(e));
        }
    }

    private static Optional<String> shortage(Path path) throws IOException {
        long free = Files.getFileStore(path).getUsableSpace();
        return free < LEAST_FREE_BYTES
                ? Optional.of("the disk is full: " + (free >> 20) + " MiB are free at " + path + ", at least "
                        + (LEAST_FREE_BYTES >> 20) + " MiB are needed")
                : Optional.empty();
    }

    /** Lets go of the lock; later calls do nothing. */
    @Override
    public void close() {
        closeQuietly(lock);
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Held by this process: the same to the user.
        }
        channel.close();
        throw new BrokerStartException("the directory " + path + " is in use by another embedded broker");
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // The lock ends with the process at the latest.
            LOG.debug("lock file not closed", e);
        }
    }

    private static void format(Path path, int nodeId, String controllerListener, Optional<BrokerSecurity> security)
            throws Exception {
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            Formatter formatter = new Formatter()
                    .setPrintStream(silent)
                    .setNodeId(nodeId)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setControllerListenerName(controllerListener)
                    .setMetadataLogDirectory(path.toString())
                    .setDirectories(List.of(path.toString()))
                    .setIgnoreFormatted(true);
            security.ifPresent(wanted -> formatter.setScramArguments(wanted.scramArguments()));
            formatter.run();
        }
    }

    private static String reason(Exception e) {
        return e instanceof IOException ? e.getClass().getSimpleName() + " " + e.getMessage() : e.getMessage();
    }
}
