package io.tramontane.jobs.run.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.jobs.kernel.config.ConfigKey;
import io.tramontane.jobs.kernel.config.ConfigSchema;
import io.tramontane.jobs.kernel.config.ConfigWriter;
import io.tramontane.jobs.kernel.config.DurationText;
import io.tramontane.rewards.custom.CustomSettings;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each key reaches the one component it names: setting it changes its value and no other. */
class KeyMappingTest {

    static Stream<ConfigKey> keys() {
        return ConfigSchema.keys(TramontaneConfig.loader().unchecked()).stream();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aKeySetsWhatItNamesAndNothingElse(ConfigKey key) {
        Map<String, String> expected =
                ConfigWriter.flat(TramontaneConfig.loader().unchecked());
        String value = differentFrom(expected.get(key.path()), key.type());

        TramontaneConfig config =
                TramontaneConfig.loader().option("test", key.path(), value).unchecked();

        Map<String, String> actual = ConfigWriter.flat(config);
        assertThat(actual.get(key.path())).isNotEqualTo(expected.get(key.path()));
        expected.put(key.path(), actual.get(key.path()));
        assertThat(actual).isEqualTo(expected);
    }

    private static String differentFrom(String value, Type type) {
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return Long.toString(Long.parseLong(value) + 1);
        }
        if (type == double.class || type == float.class || type == Double.class) {
            return Double.toString(Double.parseDouble(value) * 0.5 + 0.01);
        }
        if (type == boolean.class || type == Boolean.class) {
            return Boolean.toString(!Boolean.parseBoolean(value));
        }
        if (type == Duration.class) {
            return DurationText.format(DurationText.parse(value).multipliedBy(2));
        }
        if (type instanceof ParameterizedType several) {
            return several.getRawType() == Map.class
                    ? "{some.key: some value}"
                    : listOf((Class<?>) several.getActualTypeArguments()[0]);
        }
        if (type instanceof Class<?> choices && choices.isEnum()) {
            return Stream.of(choices.getEnumConstants())
                    .map(KeyMappingTest::choice)
                    .filter(choice -> !choice.equals(value))
                    .findFirst()
                    .orElseThrow();
        }
        return value + "other";
    }

    private static String listOf(Class<?> element) {
        if (element == CustomSettings.class) {
            return "[{name: some-name, component: some-component, weight: 2}]";
        }
        if (element.isRecord()) {
            return "[{}]";
        }
        return "[" + (element.isEnum() ? choice(element.getEnumConstants()[0]) : "another") + "]";
    }

    private static String choice(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
