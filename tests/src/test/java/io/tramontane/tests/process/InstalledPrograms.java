package io.tramontane.tests.process;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of others that tests use, where this machine has them. */
public final class InstalledPrograms {

    private InstalledPrograms() {}

    /** Where it is; without it the test that asks is skipped and says so. */
    public static Path require(String name) {
        Optional<Path> program = Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(program.isPresent(), "this machine has no " + name + "; infra/install-packages brings it");
        return program.orElseThrow();
    }
}
