package io.tramontane.tests.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Blocks of the documents that are marked to be run do what they say, one after the other in an empty folder. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DocumentedRunsITCase {

    @TempDir
    private Path folder;

    static List<Markdown.Block> marked() {
        List<Markdown.Block> blocks =
                Markdown.blocks().stream().filter(Markdown.Block::marked).toList();
        assertThat(blocks).hasSizeGreaterThan(2);
        return blocks;
    }

    @ParameterizedTest
    @MethodSource("marked")
    void runs(Markdown.Block block) throws IOException, InterruptedException {
        launcher();
        Path script = Files.writeString(folder.resolve("block.sh"), block.text());
        Path output = folder.resolve("output.txt");

        Process process = new ProcessBuilder("bash", "-euo", "pipefail", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue())
                .as(() -> block.file() + "\n" + block.text() + text(output))
                .isZero();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** The program as it is being tested: the launcher would look whether it must be built first. */
    private void launcher() throws IOException {
        String script = "#!/bin/sh\nexec '" + Path.of(System.getProperty("java.home"), "bin", "java")
                + "' -Xmx1g -Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.tramontane.schemas -Dai.djl.offline=true"
                + " -Dlog4j2.configurationFile='" + Markdown.root().resolve("infra/log4j2.xml") + "'"
                + " -cp '" + System.getProperty("java.class.path") + "' io.tramontane.jobs.cli.Tramontane \"$@\"\n";
        Path launcher = folder.resolve("tramontane");
        Files.write(launcher, script.getBytes(StandardCharsets.UTF_8));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    }
}
