package io.tramontane.jobs.lab.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultPlanTest {

    private static final List<FaultKind> ALL = List.of(FaultKind.values());

    @Test
    void everyKindComesAsOftenAsTheOthers() {
        List<FaultKind> plan = FaultPlan.of(ALL, 25, 1);

        assertThat(plan).hasSize(25);
        assertThat(ALL)
                .allSatisfy(
                        kind -> assertThat(Collections.frequency(plan, kind)).isBetween(2, 3));
    }

    @Test
    void theSeedDecidesTheOrder() {
        assertThat(FaultPlan.of(ALL, 25, 1)).isEqualTo(FaultPlan.of(ALL, 25, 1)).isNotEqualTo(FaultPlan.of(ALL, 25, 2));
    }

    @Test
    void oneKindCanBeAllThereIs() {
        assertThat(FaultPlan.of(List.of(FaultKind.TASK_MANAGER_KILLED), 3, 1))
                .containsOnly(FaultKind.TASK_MANAGER_KILLED)
                .hasSize(3);
    }
}
