package io.tramontane.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A class has one reason to change, and the topologies can be read in one go: neither is true of what is long. */
class SizesTest {

    private static final int MOST_LINES = 500;

    private static final String TOPOLOGIES = "jobs/topology";
    private static final int MOST_LINES_OF_TOPOLOGIES = 999;

    @Test
    void noFileIsLong() throws IOException {
        Map<Path, Integer> lines = linesByFile(Path.of("."));
        for (Modules.Module module : Modules.all()) {
            lines.putAll(linesByFile(module.folder()));
        }

        Map<Path, Integer> tooLong = new TreeMap<>(lines);
        tooLong.values().removeIf(count -> count <= MOST_LINES);

        assertThat(lines).isNotEmpty();
        assertThat(tooLong)
                .as("files with more than %d lines; split what changes for different reasons", MOST_LINES)
                .isEmpty();
    }

    @Test
    void topologiesAreShort() throws IOException {
        Modules.Module topologies = Modules.all().stream()
                .filter(module -> module.name().equals(TOPOLOGIES))
                .findFirst()
                .orElseThrow();

        int lines = linesByFile(topologies.folder()).values().stream()
                .mapToInt(Integer::intValue)
                .sum();

        assertThat(lines).isPositive().isLessThanOrEqualTo(MOST_LINES_OF_TOPOLOGIES);
    }

    /** Of code and tests, without what a build generates. */
    private static Map<Path, Integer> linesByFile(Path module) throws IOException {
        Map<Path, Integer> lines = new TreeMap<>();
        try (Stream<Path> files = Files.walk(module.resolve("src"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                lines.put(file, Files.readAllLines(file).size());
            }
        }
        return lines;
    }
}
