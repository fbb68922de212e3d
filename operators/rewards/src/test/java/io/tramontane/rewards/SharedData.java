package io.tramontane.rewards;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Data that is not part of the project: taken from {@code -Dtramontane.data}, or from {@code shared/data} beside one of
 * the directories above this one.
 */
public final class SharedData {

    private SharedData() {}

    public static Optional<Path> find(String file) {
        List<Path> candidates = new ArrayList<>();
        String configured = System.getProperty("tramontane.data");
        if (configured != null) {
            candidates.add(Path.of(configured, file));
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            candidates.add(at.resolve("shared/data").resolve(file));
        }
        return candidates.stream().filter(Files::isReadable).findFirst();
    }
}
