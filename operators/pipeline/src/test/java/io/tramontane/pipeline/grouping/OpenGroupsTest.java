package io.tramontane.pipeline.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenGroupsTest {

    private final OpenGroups groups = new OpenGroups(1 << 20);

    @Test
    void tellsWhichGroupHasBeenOpenLongest() {
        assertThat(groups.oldest()).isEmpty();
        groups.put("a", new OpenGroup(2), 10);
        groups.put("b", new OpenGroup(2), 20);
        groups.put("c", new OpenGroup(2), 30);
        assertThat(groups.oldest()).contains(Map.entry("a", 10L));

        // More time makes it no younger, nor does its way to keyed state and back.
        groups.postpone("a", 40);
        groups.evict("a");
        groups.put("a", new OpenGroup(2), 50);
        assertThat(groups.oldest()).contains(Map.entry("a", 10L));

        groups.remove("b");
        groups.remove("a");
        assertThat(groups.oldest()).contains(Map.entry("c", 30L));
        groups.remove("c");
        assertThat(groups.oldest()).isEmpty();
    }
}
