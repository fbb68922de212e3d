package io.tramontane.jobs.commands.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MetricTableTest {

    /** Tests run in the folder of their module. */
    private static final Path COMMITTED = Path.of("..", "..", "infra", "METRICS.md");

    @Test
    void theCommittedTableIsUpToDate() {
        assertThat(COMMITTED)
                .as("run './tramontane docs' and commit the result")
                .hasContent(MetricTable.markdown());
    }
}
