package io.tramontane.rewards.code.sandbox;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.stream.Stream;

/**
 * Our folder on the host: what is built once (the runner, precompiled headers), locks, and the boxes of sandboxes
 * without mounts. Others can read it, since programs run as other users, and nobody else can write to it.
 *
 * @param path absolute
 */
public record WorkFolder(Path path) {

    private static final String BOX_PREFIX = "box-";

    /**
     * The configured folder, made if it is not there.
     *
     * @param configured empty for the standard one
     * @throws SandboxException if it is not ours alone to write to
     */
    public static WorkFolder at(String configured) throws SandboxException {
        Path path = (configured.isEmpty()
                        ? Path.of(System.getProperty("java.io.tmpdir"), "tramontane-code-" + userId())
                        : Path.of(configured))
                .toAbsolutePath()
                .normalize();
        try {
            makeReadable(path);
            PosixFileAttributes attributes =
                    Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            boolean othersWrite = attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
                    || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE);
            boolean ours =
                    Integer.valueOf(userId()).equals(Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS));
            if (!attributes.isDirectory() || othersWrite || !ours) {
                throw new SandboxException(path + " must be a folder that belongs to us and that nobody else can"
                        + " write to; choose another one with reward.code.sandbox.work-folder");
            }
            WorkFolder folder = new WorkFolder(path);
            folder.removeAbandonedBoxes();
            return folder;
        } catch (IOException | UnsupportedOperationException e) {
            if (e instanceof SandboxException known) {
                throw known;
            }
            throw new SandboxException("the folder " + path + " cannot be used: " + e, e);
        }
    }

    private static void makeReadable(Path path) throws IOException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** The numeric id of the user that we run as. */
    static int userId() {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException | UnsupportedOperationException e) {
            throw new IllegalStateException("programs can be graded on Linux only: /proc/self is missing", e);
        }
    }

    /** A name under which nothing lies yet. */
    public Path temporary(String prefix) throws IOException {
        Path folder = Files.createTempDirectory(path, prefix);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return folder;
    }

    /** A name for the box of a session, which says whose it is; the folder is not made. */
    Path boxName(long number) {
        return path.resolve(BOX_PREFIX + ProcessHandle.current().pid() + "-" + number);
    }

    /** Boxes of processes that were killed before they could clear up. */
    private void removeAbandonedBoxes() throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            for (Path entry : entries.toList()) {
                String[] parts = entry.getFileName().toString().split("-");
                if (parts.length == 3
                        && entry.getFileName().toString().startsWith(BOX_PREFIX)
                        && ProcessHandle.of(Long.parseLong(parts[1])).isEmpty()) {
                    delete(entry);
                }
            }
        }
    }

    /** Deletes a file or a folder with all that is in it, links and not what they point to; it need not exist. */
    public static void delete(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** A short name for what was made from these texts. */
    public static String fingerprint(String... texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String text : texts) {
                digest.update(text.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return new BigInteger(1, digest.digest()).toString(16).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
