package io.tramontane.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OperatorIdentityTest {

    /** That they never change is held by the stored plans of the topologies, which name all of them. */
    @Test
    void uidsAreDistinct() {
        assertThat(Arrays.stream(OperatorIdentity.values()).map(OperatorIdentity::uid))
                .hasSizeGreaterThan(15)
                .doesNotHaveDuplicates();
    }
}
