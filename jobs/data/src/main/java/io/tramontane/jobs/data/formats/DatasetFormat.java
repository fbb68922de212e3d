package io.tramontane.jobs.data.formats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The layouts that can be read. In the order in which they are tried, the more specific ones first: a row of
 * OpenR1-Math would pass for one of DeepScaleR as well.
 */
public enum DatasetFormat {
    /** The format is recognised by the fields of the first rows. */
    AUTOMATIC(row -> false, limits -> {
        throw new IllegalStateException("the format has not been recognised yet");
    }),
    LIVE_CODE_BENCH(row -> has(row, "question_content", "public_test_cases"), LiveCodeBenchMapping::new),
    CODE_CONTESTS(row -> has(row, "description", "public_tests"), CodeContestsMapping::new),
    CODEFORCES(row -> has(row, "description", "official_tests"), CodeforcesMapping::new),
    SYNTHETIC_1(row -> has(row, "prompt", "verification_info"), SyntheticMapping::new),
    VERL(row -> has(row, "prompt", "reward_model"), VerlMapping::new),
    TACO(row -> has(row, "question", "input_output", "tags"), AppsMapping::new),
    APPS(row -> has(row, "question", "input_output"), AppsMapping::new),
    GSM8K(row -> has(row, "question", "answer"), limits -> new Gsm8kMapping()),
    OPEN_R1_MATH(row -> has(row, "problem", "solution", "uuid"), limits -> new MathMapping()),
    NUMINA_MATH(DatasetFormat::isNuminaMath, limits -> new MathMapping()),
    TRAMONTANE(row -> has(row, "id", "problem", "answer"), limits -> new TramontaneMapping()),
    DEEPSCALER(row -> has(row, "problem", "answer"), limits -> new MathMapping());

    private final Predicate<ObjectNode> signature;
    private final Function<TestLimits, RowMapping> mapping;

    DatasetFormat(Predicate<ObjectNode> signature, Function<TestLimits, RowMapping> mapping) {
        this.signature = signature;
        this.mapping = mapping;
    }

    /**
     * What makes problems of rows of this format.
     *
     * @throws IllegalStateException for {@link #AUTOMATIC}
     */
    public RowMapping mapping(TestLimits limits) {
        return mapping.apply(limits);
    }

    /**
     * The format that most of these rows have, each row counting for the first one it fits; empty if none fits any. So
     * a single row that lacks a field does not decide.
     */
    public static Optional<DatasetFormat> of(List<ObjectNode> rows) {
        int[] votes = new int[values().length];
        for (ObjectNode row : rows) {
            Arrays.stream(values())
                    .filter(format -> format.signature.test(row))
                    .findFirst()
                    .ifPresent(format -> votes[format.ordinal()]++);
        }
        return Arrays.stream(values())
                .filter(format -> votes[format.ordinal()] > 0)
                .max((one, other) -> votes[one.ordinal()] != votes[other.ordinal()]
                        ? Integer.compare(votes[one.ordinal()], votes[other.ordinal()])
                        : Integer.compare(other.ordinal(), one.ordinal()));
    }

    /** As it is written in a configuration: {@code open-r1-math}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static boolean isNuminaMath(ObjectNode row) {
        boolean ofItsOwn = has(row, "problem_type") || has(row, "question_type") || has(row, "messages");
        return has(row, "problem", "solution") && (ofItsOwn || !has(row, "answer"));
    }

    private static boolean has(ObjectNode row, String... fields) {
        for (String field : fields) {
            JsonNode value = row.get(field);
            if (value == null) {
                return false;
            }
        }
        return true;
    }
}
