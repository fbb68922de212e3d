package io.tramontane.jobs.commands.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StrimziFilesTest {

    /** Tests run in the folder of their module. */
    private static final Path COMMITTED = Path.of("..", "..", "infra", "kubernetes", "base");

    @Test
    void theCommittedFilesAreUpToDate() {
        assertThat(COMMITTED.resolve("topics.yaml"))
                .as("run './tramontane docs' and commit the result")
                .hasContent(StrimziFiles.topics());
        assertThat(COMMITTED.resolve("users.yaml"))
                .as("run './tramontane docs' and commit the result")
                .hasContent(StrimziFiles.users());
    }
}
