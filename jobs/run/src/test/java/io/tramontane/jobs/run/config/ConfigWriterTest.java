package io.tramontane.jobs.run.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.jobs.kernel.config.ConfigKey;
import io.tramontane.jobs.kernel.config.ConfigSchema;
import io.tramontane.jobs.kernel.config.ConfigWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigWriterTest {

    @TempDir
    private Path directory;

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        TramontaneConfig config = TramontaneConfig.loader()
                .set("run.id=yes")
                .set("run.output=/a folder/with: colon")
                .set("pipeline.scheduling.mode=sync")
                .set("pipeline.scheduling.reissue-after=90s")
                .set("flink.properties.rest.port=8081")
                .set("reward.language.languages=[en, no]")
                .set("reward.custom=["
                        + "{name: brevity, component: word-count, weight: 0.2, options: {maximum: 50}},"
                        + " {name: terse, component: word-count, weight: 1, options: {maximum: 7, forbidden: [so]}}]")
                .set("reward.word-count.weight=2")
                .set("reward.word-count.maximum=9")
                .set("reward.word-count.forbidden=[very, really]")
                .set("training.optimizer.learning-rate=1e-7")
                .load();

        Path file = Files.writeString(directory.resolve("config.yaml"), ConfigWriter.toYaml(config));

        assertThat(TramontaneConfig.loader().file(file).load()).isEqualTo(config);
    }

    @Test
    void everyKeyHasADefaultAndAMeaning() {
        TramontaneConfig config = TramontaneConfig.loader().load();

        assertThat(ConfigSchema.keys(config))
                .extracting(ConfigKey::path)
                .containsExactlyElementsOf(ConfigWriter.flat(config).keySet());
        assertThat(Stream.concat(
                        ConfigSchema.keys(config).stream(),
                        ConfigSchema.pluginKeys(TramontaneConfig.class).stream()
                                .flatMap(plugin -> plugin.keys().stream())))
                .allSatisfy(key -> assertThat(key.meaning()).as(key.path()).isNotEmpty());
    }
}
