package io.tramontane.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each key reaches the one component it names: setting it changes its value and no other. */
class KeyMappingTest {

    /** Keys whose values depend on others: a value that keeps the relations. */
    private static final Map<String, String> SPECIAL = Map.of(
            "pipeline.batching.completions-per-batch", "128",
            "pipeline.scheduling.group-size", "32",
            "pipeline.scheduling.maximum-groups-in-flight", "40",
            "pipeline.limits.maximum-group-size", "999",
            "pipeline.scoring.deadline", "9s",
            "reward.language.languages", "[en, nl]",
            "reward.length.cache-tokens", "15",
            "run.id", "another");

    /** Settings without which a value would not be valid. */
    private static final Map<String, String> COMPANIONS = Map.of(
            "dataset.source", "dataset.path=problems.jsonl",
            "reward.answer.extraction", "reward.answer.pattern=A: (.*)");

    static Stream<ConfigKey> keys() {
        return ConfigSchema.keys().stream();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aKeySetsWhatItNamesAndNothingElse(ConfigKey key) {
        String companion = COMPANIONS.getOrDefault(key.path(), "run.seed=1");
        Map<String, String> expected =
                ConfigWriter.flat(new ConfigLoader().set(companion).load());
        String value = SPECIAL.getOrDefault(key.path(), differentFrom(expected.get(key.path()), key.type()));

        TramontaneConfig config = new ConfigLoader()
                .set(companion)
                .option("test", key.path(), value)
                .load();

        Map<String, String> actual = ConfigWriter.flat(config);
        assertThat(actual.get(key.path())).isNotEqualTo(expected.get(key.path()));
        expected.put(key.path(), actual.get(key.path()));
        assertThat(actual).isEqualTo(expected);
    }

    private static String differentFrom(String value, Type type) {
        if (type == int.class || type == long.class || type == Integer.class) {
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
        if (ValueType.isMap(type)) {
            return "{some.key: some value}";
        }
        if (type instanceof Class<?> choices && choices.isEnum()) {
            return List.of(choices.getEnumConstants()).stream()
                    .map(constant -> (String) ValueType.CHOICE.written(constant))
                    .filter(choice -> !choice.equals(value))
                    .findFirst()
                    .orElseThrow();
        }
        return value + "other";
    }
}
