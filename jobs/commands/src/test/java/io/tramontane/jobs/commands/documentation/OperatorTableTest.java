package io.tramontane.jobs.commands.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tramontane.pipeline.OperatorIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OperatorTableTest {

    /** Tests run in the folder of their module. */
    private static final Path COMMITTED = Path.of("..", "..", "infra", "RECOVERY.md");

    @Test
    void theCommittedTableIsUpToDate() throws IOException {
        String runbook = Files.readString(COMMITTED);
        assertThat(runbook)
                .as("run './tramontane docs' and commit the result")
                .isEqualTo(OperatorTable.within(runbook));
        for (OperatorIdentity operator : OperatorIdentity.values()) {
            assertThat(runbook).contains("| `" + operator.uid() + "` |");
        }
    }

    @Test
    void aDocumentWithoutAPlaceIsRefused() {
        assertThatThrownBy(() -> OperatorTable.within("# Recovery"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no place");
    }
}
