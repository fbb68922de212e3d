package io.tramontane.jobs.commands.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TopicTableTest {

    /** Tests run in the folder of their module. */
    private static final Path COMMITTED = Path.of("..", "..", "ARCHITECTURE.md");

    @Test
    void theCommittedTableIsUpToDate() throws IOException {
        String architecture = Files.readString(COMMITTED);
        assertThat(architecture)
                .as("run './tramontane docs' and commit the result")
                .isEqualTo(TopicTable.within(architecture))
                .contains("| `groups` | 4 | job, in transactions | readers | ")
                .contains("| `dead-letters` | 1 | job, in transactions; generator | readers | ")
                .contains("| `weights-manifest` | 1, compacted | job | job; generator | ");
    }

    @Test
    void aDocumentWithoutAPlaceIsRefused() {
        assertThatThrownBy(() -> TopicTable.within("# Architecture"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no place");
    }
}
