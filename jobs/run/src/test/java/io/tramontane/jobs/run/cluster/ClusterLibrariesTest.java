package io.tramontane.jobs.run.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tramontane.jobs.kernel.failure.RunFailure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterLibrariesTest {

    @TempDir
    private Path folder;

    private Path library(String name) throws IOException {
        Path file = folder.resolve("built").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, name);
    }

    private ClusterLibraries listed(Path jar, Path... libraries) throws IOException {
        String list = Stream.of(libraries).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        Files.writeString(jar.resolveSibling("classpath.txt"), list + "\n");
        return ClusterLibraries.beside(jar);
    }

    @Test
    void theFolderHoldsExactlyTheList() throws IOException {
        Path jar = library("job.jar");
        Path lib = folder.resolve("lib");
        listed(jar, library("a.jar"), library("old.jar")).linkInto(lib);

        ClusterLibraries linked =
                listed(jar, library("b.jar"), library("a.jar")).linkInto(lib);

        assertThat(linked.classPath().split(File.pathSeparator))
                .containsExactly(
                        lib.resolve("job.jar").toString(),
                        lib.resolve("b.jar").toString(),
                        lib.resolve("a.jar").toString());
        try (Stream<Path> files = Files.list(lib)) {
            assertThat(files.map(Path::getFileName).map(Path::toString).toList())
                    .containsExactlyInAnyOrderElementsOf(List.of("job.jar", "b.jar", "a.jar"));
        }
        assertThat(lib.resolve("b.jar")).hasContent("b.jar");
    }

    @Test
    void librariesOfOneNameAreRefused() throws IOException {
        ClusterLibraries libraries = listed(library("job.jar"), library("a.jar"), library("other/a.jar"));

        assertThatThrownBy(() -> libraries.linkInto(folder.resolve("lib")))
                .isInstanceOf(RunFailure.class)
                .hasMessageContaining("two libraries of one name: a.jar");
    }

    @Test
    void aJarWithoutItsListIsNamed() throws IOException {
        Path jar = library("job.jar");

        assertThatThrownBy(() -> ClusterLibraries.beside(jar))
                .isInstanceOf(RunFailure.class)
                .hasMessageContaining("classpath.txt");
    }
}
