package io.tramontane.rewards.code.sandbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * Users for sandboxes that root starts, each of which has one to itself: the limit on processes counts by user, and a
 * user's processes can signal each other.
 *
 * <p>The ids 60706 to 61183 are free in the scheme that Debian and systemd follow; those that {@code /etc/passwd} or
 * {@code /etc/group} names are left out. A lock on a file keeps our other processes off an id. Thread-safe.
 */
final class UserIds {

    static final int FIRST = 60_706;
    static final int LAST = 61_183;

    private final Path folder;
    private final Set<Integer> taken;

    UserIds(WorkFolder work) throws IOException {
        folder = Files.createDirectories(work.path().resolve("users"));
        taken = named();
    }

    private static Set<Integer> named() throws IOException {
        Set<Integer> ids = new HashSet<>();
        for (String file : new String[] {"/etc/passwd", "/etc/group"}) {
            Path path = Path.of(file);
            if (!Files.isReadable(path)) {
                continue;
            }
            for (String line : Files.readAllLines(path)) {
                String[] fields = line.split(":");
                if (fields.length > 2 && fields[2].matches("\\d{1,9}")) {
                    ids.add(Integer.valueOf(fields[2]));
                }
            }
        }
        return ids;
    }

    /**
     * A user that nobody else has until the lease is closed.
     *
     * @throws IOException if all are in use or the lock cannot be had
     */
    Lease lease() throws IOException {
        for (int id = FIRST; id <= LAST; id++) {
            if (taken.contains(id)) {
                continue;
            }
            FileChannel channel = FileChannel.open(
                    folder.resolve(Integer.toString(id)), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return new Lease(id, channel);
                }
                channel.close();
            } catch (OverlappingFileLockException e) {
                channel.close();
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        }
        throw new IOException("all users from " + FIRST + " to " + LAST + " are in use");
    }

    /**
     * A user held; closing gives it back.
     *
     * @param id of the user, and of its group
     * @param channel holds the lock
     */
    record Lease(int id, FileChannel channel) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
