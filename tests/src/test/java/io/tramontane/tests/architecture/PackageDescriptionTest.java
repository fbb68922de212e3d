package io.tramontane.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every package says what it is for. */
class PackageDescriptionTest {

    private static final String DESCRIPTION = "package-info.java";

    @ParameterizedTest
    @MethodSource("io.tramontane.tests.architecture.Modules#all")
    void everyPackageIsDescribed(Modules.Module module) throws IOException {
        Path sources = module.folder().resolve(Path.of("src", "main", "java"));
        Set<Path> packages;
        try (Stream<Path> files = Files.walk(sources)) {
            packages = files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        assertThat(packages)
                .isNotEmpty()
                .allSatisfy(folder ->
                        assertThat(folder.resolve(DESCRIPTION)).content().startsWith("/**"));
    }
}
