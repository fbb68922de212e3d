package io.tramontane.jobs.lab.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointDiskTest {

    @TempDir
    private Path folder;

    @Test
    void nothingCanBeWrittenWhereTheFolderWas() throws IOException {
        Path job = Files.createDirectories(folder.resolve("job"));
        Files.writeString(job.resolve("chk-1"), "state");
        try (CheckpointDisk disk = CheckpointDisk.prepare(folder, false)) {
            disk.takeAway();
            assertThatThrownBy(() -> Files.createDirectories(job.resolve("chk-2")))
                    .isInstanceOf(IOException.class);

            disk.bringBack();
            assertThat(job.resolve("chk-1")).hasContent("state");
            assertThat(folder).isDirectoryNotContaining("glob:**.away");
        }
    }

    @Test
    void aFullDiskTakesNoByteMore() throws IOException {
        try (CheckpointDisk disk = CheckpointDisk.prepare(folder, true)) {
            assumeThat(disk.canBeFilled())
                    .as("only who may mount a disk can fill one")
                    .isTrue();
            disk.fill();
            assertThatThrownBy(() -> Files.writeString(folder.resolve("state"), "some"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("space");

            disk.free();
            Files.writeString(folder.resolve("state"), "some");
        }
    }

    @Test
    void nobodyElsesDiskIsFilled() throws IOException {
        try (CheckpointDisk disk = CheckpointDisk.prepare(folder, false)) {
            assertThat(disk.canBeFilled()).isFalse();
            assertThatThrownBy(disk::fill).isInstanceOf(IllegalStateException.class);
        }
    }
}
