package io.tramontane.rewards.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestSuiteTest {

    @Test
    void programsHaveTexts() throws Exception {
        TestSuite suite = TestSuite.parse(
                "{\"tests\": [{\"stdin\": \"1\", \"stdout\": \"2\"}, {\"input\": \"3\", \"output\": \"4\"}], \"note\": 1}");

        assertThat(suite.tests()).containsExactly(new TestCase.Text("1", "2"), new TestCase.Text("3", "4"));
        assertThat(suite.function()).isEmpty();
        assertThat(suite.checker()).isEmpty();
        assertThat(suite.limits().processorTime()).isEmpty();
    }

    @Test
    void functionsHaveArguments() throws Exception {
        TestSuite suite = TestSuite.parse("{\"function\": \"f\", \"tests\": [{\"input\": [1, [2]], \"output\": null},"
                + " {\"input\": \"1\\n[2]\\n\", \"output\": \"\\\"x\\\"\"}]}");

        assertThat(suite.function()).contains("f");
        assertThat(suite.tests())
                .extracting(test -> ((TestCase.Call) test).arguments().toString())
                .containsExactly("[1,[2]]", "[1,[2]]");
        assertThat(suite.tests())
                .extracting(test -> ((TestCase.Call) test).result().toString())
                .containsExactly("null", "\"x\"");
    }

    @Test
    void aProblemHasItsOwnLimits() throws Exception {
        TestSuite suite = TestSuite.parse("{\"tests\": [{\"stdin\": \"\", \"stdout\": \"\"}], \"time-limit\": 1.5,"
                + " \"memory-limit\": 64000000, \"tolerance\": 1e-6, \"function\": null,"
                + " \"checker\": {\"language\": \"C++\", \"source\": \"int main() {}\"}}");

        assertThat(suite.limits().processorTime()).contains(Duration.ofMillis(1_500));
        assertThat(suite.limits().memoryBytes()).contains(64_000_000L);
        assertThat(suite.tolerance()).contains(1e-6);
        assertThat(suite.checker()).contains(new Submission(CodeLanguage.CPP, "int main() {}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "42 | 'tests' must be a list of at least one test",
                "{\"tests\": []} | 'tests' must be a list of at least one test",
                "{\"tests\": [{\"stdin\": \"\"}]} | test 1: there is no 'stdout'",
                "{\"tests\": [{\"stdin\": 5, \"stdout\": \"\"}]} | test 1: the input must be a text",
                "{\"tests\": [{\"stdin\": \"\", \"stdout\": \"\"}], \"time-limit\": -1} | 'time-limit' must be a number above 0",
                "{\"tests\": [{\"stdin\": \"\", \"stdout\": \"\"}], \"checker\": {\"language\": \"ada\", \"source\": \"\"}} | a checker cannot be in 'ada'",
            })
    void whatIsWrongIsSaid(String reference, String message) {
        assertThatThrownBy(() -> TestSuite.parse(reference))
                .isInstanceOf(TestSuiteException.class)
                .hasMessage(message);
    }

    @Test
    void brokenJsonIsRefused() {
        assertThatThrownBy(() -> TestSuite.parse("{\"tests\": ")).hasMessageStartingWith("the tests are not JSON: ");
        assertThatThrownBy(() -> TestSuite.parse("")).isInstanceOf(TestSuiteException.class);
    }

    @Test
    void aGroupMeetsTheSameTests() {
        TestSuite suite = numbered(100);

        List<TestCase> drawn = suite.draw("run/0/p", 20).tests();
        assertThat(drawn).hasSize(20).isEqualTo(suite.draw("run/0/p", 20).tests());
        assertThat(drawn.stream().map(TestSuiteTest::number)).isSorted().doesNotHaveDuplicates();
        assertThat(suite.draw("run/0/q", 20).tests()).isNotEqualTo(drawn);
        assertThat(suite.draw("run/0/p", 100)).isSameAs(suite);
    }

    @Test
    void everyTestIsDrawnByAndBy() {
        TestSuite suite = numbered(50);
        Set<Integer> drawn = new HashSet<>();
        for (int group = 0; group < 50; group++) {
            suite.draw("group " + group, 10).tests().forEach(test -> drawn.add(number(test)));
        }
        assertThat(drawn).hasSize(50);
    }

    private static int number(TestCase test) {
        return Integer.parseInt(((TestCase.Text) test).input());
    }

    private static TestSuite numbered(int tests) {
        try {
            return TestSuite.parse("{\"tests\": "
                    + IntStream.range(0, tests)
                            .mapToObj(index -> "{\"stdin\": \"" + index + "\", \"stdout\": \"\"}")
                            .collect(Collectors.joining(", ", "[", "]"))
                    + "}");
        } catch (TestSuiteException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsWrittenIsReadAgain() throws TestSuiteException {
        for (String text : List.of(
                "{\"tests\": [{\"stdin\": \"1 2\\n\", \"stdout\": \"3\\n\"}], \"time-limit\": 2.5, \"memory-limit\": 256000000,"
                        + " \"checker\": {\"language\": \"c++17\", \"source\": \"int main() {}\"}}",
                "{\"tests\": [{\"input\": [1, \"a\"], \"output\": \"\\\"b\\\"\"}, {\"input\": \"[1.50]\", \"output\": [1.5]},"
                        + " {\"input\": [], \"output\": null}], \"function\": \"f\", \"tolerance\": 1e-6}")) {
            TestSuite suite = TestSuite.parse(text);

            assertThat(TestSuite.parse(suite.toJson())).isEqualTo(suite);
        }
    }
}
