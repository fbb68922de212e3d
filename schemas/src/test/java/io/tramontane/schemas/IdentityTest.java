package io.tramontane.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdentityTest {

    @Test
    void isMadeOfRunEpochProblemAndSample() {
        String group = Identity.groupId("run", 2, "p-17");
        assertThat(group).isEqualTo("run/2/p-17");
        assertThat(Identity.completionId(group, 3)).isEqualTo("run/2/p-17/3");
    }

    /** The recorded values are part of every run's reproducibility: they must never change. */
    @Test
    void seedsStayWhatTheyAre() {
        assertThat(Identity.seed(1, "run/0/a/0")).isEqualTo(-2606104696099253285L);
        assertThat(Identity.seed(2, "run/0/a/0")).isEqualTo(7022620242386355867L);
        assertThat(Identity.seed(1, "run/0/a/1")).isEqualTo(6908818096426202336L);
    }

    @Test
    void neighboursHaveUnrelatedSeeds() {
        Set<Long> seeds = new HashSet<>();
        int differingBits = 0;
        int samples = 10_000;
        for (int i = 0; i < samples; i++) {
            long seed = Identity.seed(1, Identity.completionId("run/0/a", i));
            seeds.add(seed);
            differingBits += Long.bitCount(seed ^ Identity.seed(1, Identity.completionId("run/0/a", i + 1)));
        }
        assertThat(seeds).hasSize(samples);
        assertThat(differingBits / (double) samples).isBetween(31.5, 32.5);
    }
}
