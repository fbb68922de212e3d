package io.tramontane.tests.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The libraries of the images: those that the programs here run with, and the same in whatever order they come. */
class ImageLayoutITCase {

    @TempDir
    private Path target;

    /** JUnit warns of every link that leads out of a temporary folder. */
    @AfterEach
    void removeLinks() throws IOException {
        try (Stream<Path> files = Files.walk(target)) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"job, cli/target, tramontane-jobs.jar", "generator, commands/target, tramontane-commands.jar"})
    void imagesCarryWhatTheirProgramsRunWith(String image, String room, String jar)
            throws IOException, InterruptedException {
        String classPath = Files.readString(
                        Manifests.ROOT.resolve("jobs").resolve(room).resolve("classpath.txt"))
                .strip();
        Set<String> wanted = Stream.of(classPath.split(File.pathSeparator))
                .map(library -> Path.of(library).getFileName().toString())
                .collect(Collectors.toCollection(TreeSet::new));
        wanted.add(jar);

        List<Path> libraries = assembled(image);

        assertThat(libraries)
                .extracting(library -> library.getFileName().toString())
                .containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(wanted)
                .as("DJL loads from lib/")
                .anyMatch(name -> name.startsWith("pytorch-native-cpu"))
                .anyMatch(name -> name.startsWith("pytorch-engine"));
    }

    @Test
    void aClusterGetsNeitherPageNorLab() throws IOException, InterruptedException {
        assertThat(assembled("job"))
                .extracting(library -> library.getFileName().toString())
                .filteredOn(name -> name.startsWith("tramontane-"))
                .extracting(name -> name.replaceFirst("-\\d.*", "").replace(".jar", ""))
                .containsExactlyInAnyOrder(
                        "tramontane-jobs",
                        "tramontane-kernel",
                        "tramontane-topology",
                        "tramontane-data",
                        "tramontane-pipeline",
                        "tramontane-policy",
                        "tramontane-rewards",
                        "tramontane-kafka",
                        "tramontane-schemas");
    }

    /** Flink's scripts sort lib/ by name; the launcher keeps Maven's order. */
    @ParameterizedTest
    @ValueSource(strings = {"job", "generator"})
    void noClassIsThereInTwoVersions(String image) throws IOException, InterruptedException {
        Map<String, Long> seen = new HashMap<>();
        Map<String, String> different = new TreeMap<>();
        for (Path library : assembled(image)) {
            try (ZipFile jar = new ZipFile(library.toFile())) {
                for (ZipEntry entry : jar.stream().toList()) {
                    String name = entry.getName();
                    if (name.endsWith(".class") && !name.startsWith("META-INF") && !name.equals("module-info.class")) {
                        Long other = seen.putIfAbsent(name, entry.getCrc());
                        if (other != null && other != entry.getCrc()) {
                            different.put(name, library.getFileName().toString());
                        }
                    }
                }
            }
        }
        assertThat(seen).hasSizeGreaterThan(10_000);
        assertThat(different).isEmpty();
    }

    private List<Path> assembled(String image) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Manifests.DOCKER.resolve("assemble").toString(), "--link", target.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        try (Stream<Path> libraries = Files.list(target.resolve(image).resolve("lib"))) {
            return libraries.sorted().toList();
        }
    }
}
