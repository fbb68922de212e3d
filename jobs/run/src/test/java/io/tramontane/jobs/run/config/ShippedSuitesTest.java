package io.tramontane.jobs.run.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.page.comparison.Suite;
import io.tramontane.jobs.page.comparison.Variant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The comparisons that ship, against the settings there are. */
class ShippedSuitesTest {

    @ParameterizedTest
    @FieldSource("io.tramontane.jobs.page.comparison.Suite#SHIPPED")
    void shippedSuitesHaveValidSettings(String name) {
        Suite suite = Suite.of(name);

        assertThat(suite.question()).endsWith("?");
        assertThat(suite.variants()).extracting(Variant::name).doesNotHaveDuplicates();
        for (Variant variant : suite.variants()) {
            ConfigLoader<TramontaneConfig> loader = TramontaneConfig.loader();
            suite.settings().forEach(loader::set);
            variant.overrides().forEach(loader::set);
            assertThat(loader.load()).isNotNull();
        }
    }
}
