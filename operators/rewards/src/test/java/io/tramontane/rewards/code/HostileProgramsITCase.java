package io.tramontane.rewards.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tramontane.rewards.code.sandbox.Isolation;
import io.tramontane.rewards.code.sandbox.SandboxException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hostile programs are contained and rightly judged, in either isolation, for root and for an ordinary user. */
class HostileProgramsITCase {

    /** One for all tests: each user precompiles its headers once. */
    @TempDir
    private static Path folder;

    @ParameterizedTest
    @EnumSource(names = {"BUBBLEWRAP", "LANDLOCK"})
    void asOurselves(Isolation isolation) throws Exception {
        open(folder);
        try {
            assertThat(HostileSuite.run(isolation, folder.resolve("work"), isolation == Isolation.BUBBLEWRAP))
                    .isEmpty();
        } catch (SandboxException e) {
            assumeTrue(false, e.getMessage());
        }
    }

    /** Root tests what an ordinary user has in a process of its own. */
    @ParameterizedTest
    @EnumSource(names = {"BUBBLEWRAP", "LANDLOCK"})
    void asAnOrdinaryUser(Isolation isolation) throws Exception {
        assumeTrue(isRoot(), "we are an ordinary user already");
        open(folder);
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.setAttribute(home, "unix:uid", HostileSuite.UNPRIVILEGED);
        String user = Integer.toString(HostileSuite.UNPRIVILEGED);
        Process process = new ProcessBuilder(
                        "setpriv",
                        "--reuid=" + user,
                        "--regid=" + user,
                        "--clear-groups",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + home,
                        "-cp",
                        classPathForOthers(),
                        HostileSuite.class.getName(),
                        isolation.name(),
                        home.resolve("work").toString())
                .directory(home.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assumeTrue(!output.contains("cannot be isolated"), output);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private static boolean isRoot() throws IOException {
        return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    private static void open(Path path) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The class path may lie in our home, which others cannot read. */
    private static String classPathForOthers() throws IOException {
        Path copies = Files.createTempDirectory(folder, "classes");
        open(copies);
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path source = Path.of(entry);
            if (!Files.exists(source)) {
                continue;
            }
            Path target = copies.resolve(entries.size() + "-" + source.getFileName());
            try (Stream<Path> files = Files.walk(source)) {
                for (Path file : files.toList()) {
                    Files.copy(file, target.resolve(source.relativize(file).toString()));
                }
            }
            entries.add(target.toString());
        }
        return String.join(File.pathSeparator, entries);
    }
}
