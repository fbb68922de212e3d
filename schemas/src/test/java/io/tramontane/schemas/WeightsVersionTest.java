package io.tramontane.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WeightsVersionTest {

    @Test
    void aNewIncarnationSupersedesEveryVersionBeforeIt() {
        WeightsVersion before = new WeightsVersion(1, 100);
        assertThat(new WeightsVersion(2, 3).supersedes(before)).isTrue();
        assertThat(new WeightsVersion(1, 101).supersedes(before)).isTrue();
        assertThat(before.supersedes(before)).isFalse();
        assertThat(before.supersedes(WeightsVersion.BASE)).isTrue();
        assertThat(before).hasToString("1/100");
    }

    @Test
    void isNeverNegative() {
        assertThatThrownBy(() -> new WeightsVersion(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WeightsVersion(0, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
