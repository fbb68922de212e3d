package io.tramontane.jobs.commands.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AccessTableTest {

    /** Tests run in the folder of their module. */
    private static final Path COMMITTED = Path.of("..", "..", "kafka", "ACCESS.md");

    @Test
    void theCommittedTableIsUpToDate() {
        assertThat(COMMITTED)
                .as("run './tramontane docs' and commit the result")
                .hasContent(AccessTable.markdown());
    }
}
