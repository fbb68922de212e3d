package io.tramontane.jobs.run.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tramontane.jobs.kernel.failure.RunFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterPlanTest {

    @TempDir
    private Path folder;

    @Test
    void processesComeInTheOrderInWhichTheyStart() {
        ClusterPlan plan = new ClusterPlan(2, 2, 1, 2, 3, 4);

        assertThat(plan.processes())
                .extracting(ClusterProcess::name)
                .containsExactly(
                        "zookeeper",
                        "broker",
                        "job-manager",
                        "task-manager-1",
                        "task-manager-2",
                        "generator-1",
                        "generator-2");
    }

    @Test
    void noBrokerIsStartedBesideTheUsers() {
        assertThat(ClusterPlan.create(1, 1, false, 0).processes())
                .extracting(ClusterProcess::name)
                .doesNotContain("broker");
    }

    @Test
    void portsStayWhateverTheSize() {
        ClusterPlan plan = ClusterPlan.create(2, 1, true, 0);
        Path file = folder.resolve("cluster.json");
        plan.withSize(3, 5).save(file);

        assertThat(ClusterPlan.load(file)).isEqualTo(plan.withSize(3, 5));
        assertThat(ClusterPlan.load(file).webPort()).isEqualTo(plan.webPort());
    }

    @Test
    void aBrokenPlanIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("cluster.json"), "{");
        assertThatThrownBy(() -> ClusterPlan.load(file))
                .isInstanceOf(RunFailure.class)
                .hasMessageContaining("cluster.json");
    }
}
