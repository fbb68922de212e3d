package io.tramontane.jobs.commands.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationTableTest {

    /** Tests run in the folder of their module. */
    private static final Path COMMITTED = Path.of("..", "CONFIGURATION.md");

    @Test
    void theCommittedTableIsUpToDate() throws IOException {
        assertThat(COMMITTED)
                .as("run './tramontane docs' and commit the result")
                .hasContent(ConfigurationTable.markdown());
    }
}
