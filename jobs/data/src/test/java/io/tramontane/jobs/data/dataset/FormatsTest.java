package io.tramontane.jobs.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.tramontane.jobs.data.formats.DatasetFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each published layout: recognised by its fields, read as its publishers mean it, wrong fields named. */
class FormatsTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "tramontane.jsonl, TRAMONTANE",
        "verl.jsonl, VERL",
        "gsm8k.jsonl, GSM8K",
        "deepscaler.json, DEEPSCALER",
        "numina-math.jsonl, NUMINA_MATH",
        "numina-math-cot.jsonl, NUMINA_MATH",
        "open-r1-math.jsonl, OPEN_R1_MATH",
        "apps.jsonl, APPS",
        "taco.jsonl, TACO",
        "synthetic-1.jsonl, SYNTHETIC_1",
        "codeforces.jsonl, CODEFORCES",
        "live-code-bench.jsonl, LIVE_CODE_BENCH",
        "code-contests.jsonl, CODE_CONTESTS",
    })
    void isToldFromTheFields(String name, DatasetFormat format) {
        DatasetContents contents = DatasetFixtures.read(name);

        assertThat(contents.formats()).containsExactly(Map.entry(DatasetFixtures.file(name), format));
        assertThat(contents.faults()).isEmpty();
        assertThat(DatasetReader.read(DatasetFixtures.file(name), DatasetFixtures.rules(format))
                        .problems())
                .isEqualTo(contents.problems());
    }

    @Test
    void tramontane() {
        assertThat(DatasetFixtures.read("tramontane.jsonl").problems())
                .containsExactly(
                        new Problem(
                                "plums",
                                "en",
                                "Three baskets hold four plums each. How many plums are there?",
                                "12",
                                ""),
                        new Problem(
                                "7",
                                "fr",
                                "Combien font $\\frac{1}{2}+\\frac{1}{3}$ ?",
                                "\\frac{5}{6}",
                                "math",
                                "{\"source\":\"own\",\"level\":3}"),
                        new Problem(
                                "double",
                                "",
                                "Read a number and print its double.",
                                "{\"tests\":[{\"stdin\":\"2\\n\",\"stdout\":\"4\\n\"}]}",
                                "code"));
    }

    @Test
    void verl() {
        DatasetContents contents = DatasetFixtures.read("verl.jsonl");

        assertThat(contents.problems())
                .containsExactly(
                        new Problem(
                                "verl-1",
                                "",
                                "Answer in a box.\n\nA tree bears 5 pears, another 8. How many together?",
                                "13",
                                "math",
                                "{\"data_source\":\"own/orchard\",\"ability\":\"math\",\"extra_info\":{\"split\":\"train\",\"index\":0}}"),
                        new Problem(
                                "b6f1-17",
                                "",
                                "Solve $x^2=4$ for positive $x$.",
                                "2",
                                "math",
                                "{\"data_source\":\"own/list\",\"ability\":\"math\",\"extra_info\":{\"index\":\"b6f1-17\"}}"),
                        new Problem(
                                "verl-3",
                                "",
                                "Print the sum of two numbers.",
                                "{\"tests\":[{\"stdin\":\"1 2\\n\",\"stdout\":\"3\\n\"},{\"stdin\":\"3 4\\n\",\"stdout\":\"7\\n\"}]}",
                                "code",
                                "{\"data_source\":\"own/code\",\"ability\":\"code\",\"extra_info\":{\"split\":\"train\",\"index\":2}}"),
                        new Problem(
                                "verl-4",
                                "",
                                "Write a function that adds one.",
                                "{\"tests\":[{\"input\":[4],\"output\":5}],\"function\":\"addOne\"}",
                                "code",
                                "{\"data_source\":\"own/code\",\"ability\":\"code\",\"extra_info\":{\"split\":\"train\",\"index\":3}}"));
        assertThat(contents.describeLeftOut()).isEqualTo("1 (needs a picture)");
    }

    @Test
    void gsm8k() {
        assertThat(DatasetFixtures.read("gsm8k.jsonl").problems())
                .extracting(Problem::id, Problem::reference, Problem::verifier)
                .containsExactly(tuple("gsm8k-1", "1240", "math"), tuple("gsm8k-2", "6", "math"));
    }

    @Test
    void mathematics() {
        assertThat(references("deepscaler.json")).containsExactly("2", "10");
        assertThat(references("numina-math.jsonl")).containsExactly("8");
        assertThat(DatasetFixtures.read("numina-math.jsonl").describeLeftOut())
                .isEqualTo("1 (a proof), 1 (marked as not valid), 1 (no known answer)");
        assertThat(references("numina-math-cot.jsonl")).containsExactly("\\frac{3}{8}");
        assertThat(DatasetFixtures.read("numina-math-cot.jsonl").describeLeftOut())
                .isEqualTo("1 (no \\boxed answer in the solution)");
        assertThat(references("open-r1-math.jsonl")).containsExactly("27", "B");
        assertThat(DatasetFixtures.read("open-r1-math.jsonl").problems())
                .extracting(Problem::id)
                .containsExactly("0a1b-27", "0a1b-28");
    }

    @Test
    void appsAndTaco() {
        DatasetContents apps = DatasetFixtures.read("apps.jsonl");

        assertThat(apps.problems()).extracting(Problem::id).containsExactly("4000", "4001");
        assertThat(apps.problems().get(1).text())
                .isEqualTo("Tell whether a word reads the same backwards.\n\n```python\ndef"
                        + " same_backwards(word):\n```");
        assertThat(apps.problems())
                .extracting(Problem::reference)
                .containsExactly(
                        "{\"tests\":[{\"stdin\":\"3\\n\",\"stdout\":\"9\\n\"},{\"stdin\":\"12\\n\",\"stdout\":\"144\\n\"}]}",
                        "{\"tests\":[{\"input\":[\"abba\"],\"output\":true},{\"input\":[\"abc\"],\"output\":false}],\"function\":\"same_backwards\"}");
        assertThat(apps.describeLeftOut()).isEqualTo("1 (code without tests)");
        assertThat(references("taco.jsonl"))
                .containsExactly(
                        "{\"tests\":[{\"stdin\":\"1 2\",\"stdout\":\"2\"},{\"stdin\":\"5\\n4\",\"stdout\":\"5\"}]}");
    }

    @Test
    void synthetic() {
        assertThat(references("synthetic-1.jsonl"))
                .containsExactly(
                        "12",
                        "{\"tests\":[{\"stdin\":\"2\\n\",\"stdout\":\"a\\na\\n\"},{\"stdin\":\"1\\n\",\"stdout\":\"a\\n\"}]}",
                        "{\"tests\":[{\"input\":[1,2],\"output\":3},{\"input\":[4,5],\"output\":9}],\"function\":\"add\"}");
        assertThat(DatasetFixtures.read("synthetic-1.jsonl").describeLeftOut())
                .isEqualTo("1 (task type llm_judgeable_groundtruth_similarity)");
    }

    @Test
    void codeforces() {
        DatasetContents contents = DatasetFixtures.read("codeforces.jsonl");

        assertThat(contents.problems()).extracting(Problem::id).containsExactly("1/Z");
        assertThat(contents.problems().get(0).text()).isEqualTo("""
                        # Two Hats

                        There are $n$ hats.

                        ## Input
                        One integer $n$.

                        ## Output
                        Twice $n$.

                        ## Example
                        ```
                        1
                        ```
                        ```
                        2
                        ```

                        ## Note
                        Small.""");
        assertThat(contents.problems().get(0).reference())
                .isEqualTo(
                        "{\"tests\":[{\"stdin\":\"1\\n\",\"stdout\":\"2\\n\"},{\"stdin\":\"21\\n\",\"stdout\":\"42\\n\"}]}");
        assertThat(contents.describeLeftOut())
                .isEqualTo(
                        "1 (an interactive problem), 1 (reads a file), 1 (several right outputs, which need a checker of"
                                + " its own)");
    }

    @Test
    void liveCodeBench() {
        String accents = "cé ".repeat(40);

        assertThat(references("live-code-bench.jsonl"))
                .containsExactly(
                        "{\"tests\":[{\"stdin\":\"a\\n\",\"stdout\":\"a\\n\"},{\"stdin\":\"b\\n\",\"stdout\":\"b\\n\"},{\"stdin\":\""
                                + accents + "\",\"stdout\":\"" + accents + "\"}]}",
                        "{\"tests\":[{\"input\":[[1,2,3],4],\"output\":1},{\"input\":[[],0],\"output\":0}],\"function\":\"countPairs\"}");
    }

    @Test
    void codeContests() {
        assertThat(references("code-contests.jsonl"))
                .containsExactly(
                        "{\"tests\":[{\"stdin\":\"1 2\\n\",\"stdout\":\"3\\n\"},{\"stdin\":\"5 5\\n\",\"stdout\":\"10\\n\"},{\"stdin\":\"9 9\\n\",\"stdout\":\"18\\n\"},{\"stdin\":\"0 0\\n\",\"stdout\":\"0\\n\"}]}");
        assertThat(DatasetFixtures.read("code-contests.jsonl").describeLeftOut())
                .isEqualTo("1 (reads or writes a file)");
    }

    @Test
    void keepsAsManyTestsAsAreAllowed() {
        Path file = DatasetFixtures.file("code-contests.jsonl");

        assertThat(DatasetReader.read(file, DatasetFixtures.limits(100, 1_000, 1, 0))
                        .problems())
                .extracting(Problem::reference)
                .containsExactly("{\"tests\":[{\"stdin\":\"1 2\\n\",\"stdout\":\"3\\n\"}]}");
        assertThat(DatasetReader.read(file, DatasetFixtures.limits(100, 170, 9, 0))
                        .problems())
                .extracting(Problem::reference)
                .containsExactly(
                        "{\"tests\":[{\"stdin\":\"1 2\\n\",\"stdout\":\"3\\n\"},{\"stdin\":\"5 5\\n\",\"stdout\":\"10\\n\"}]}");
        assertThat(DatasetReader.read(file, DatasetFixtures.limits(100, 10, 9, 0))
                        .describeLeftOut())
                .isEqualTo("1 (code without a test that is short enough), 1 (reads or writes a file)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "VERL|{\"prompt\": [{\"role\": \"user\"}], \"reward_model\": {\"ground_truth\": \"1\"}}|'prompt' has a message whose 'content' is no text",
                "VERL|{\"prompt\": \"?\", \"reward_model\": {\"style\": \"rule\"}}|no 'reward_model.ground_truth'",
                "VERL|{\"prompt\": \"?\", \"reward_model\": \"1\"}|no 'reward_model.ground_truth'",
                "VERL|{\"prompt\": \"?\", \"reward_model\": {\"ground_truth\": [1, 2]}}|'reward_model.ground_truth' must be a text or a number",
                "VERL|{\"prompt\": \"?\", \"ability\": \"code\", \"reward_model\": {\"ground_truth\": \"7\"}}|'reward_model.ground_truth' must hold tests, since the ability is code",
                "VERL|{\"prompt\": \"?\", \"reward_model\": {\"ground_truth\": \"{\\\"inputs\\\": [1]}\"}}|'reward_model.ground_truth' must have 'inputs' and 'outputs', both lists",
                "GSM8K|{\"question\": \"?\", \"answer\": \"42\"}|'answer' has no '####' before the result",
                "GSM8K|{\"question\": \"?\", \"answer\": \"so ####\"}|'answer' has nothing after '####'",
                "NUMINA_MATH|{\"problem\": \"?\", \"solution\": \"\"}|no 'answer'",
                "DEEPSCALER|{\"problem\": \"?\", \"answer\": {}}|'answer' must be a text or a number",
                "APPS|{\"question\": \"?\", \"input_output\": \"{'inputs': ['1'], 'outputs': []}\"}|'input_output' has 1 inputs and 0 outputs",
                "APPS|{\"question\": \"?\", \"input_output\": \"{\\\"inputs\\\": [\"}|'input_output' is not JSON: ",
                "APPS|{\"question\": \"?\", \"input_output\": 5}|'input_output' must be an object or a list",
                "TACO|{\"question\": \"?\", \"input_output\": {\"inputs\": [{}], \"outputs\": [1]}}|'input_output' has a test whose input or output is no text",
                "SYNTHETIC_1|{\"prompt\": \"?\"}|no 'verification_info'",
                "SYNTHETIC_1|{\"prompt\": \"?\", \"verification_info\": \"{'x': 1}\"}|'verification_info' has neither 'ground_truth' nor 'test_cases'",
                "SYNTHETIC_1|{\"prompt\": \"?\", \"verification_info\": {\"test_cases\": [{\"input\": 1}]}}|'verification_info.test_cases' has a test without 'input' or 'output'",
                "CODEFORCES|{\"description\": \"?\", \"official_tests\": {\"input\": 1}}|'official_tests' must be a list of tests",
                "LIVE_CODE_BENCH|{\"question_content\": \"?\", \"public_test_cases\": \"[{\\\"input\\\": \\\"1\\\", \\\"output\\\": \\\"2\\\", \\\"testtype\\\": \\\"functional\\\"}]\"}|'public_test_cases' has functional tests, but 'metadata' has no func_name",
                "LIVE_CODE_BENCH|{\"question_content\": \"?\", \"public_test_cases\": [], \"private_test_cases\": \"eJw=\"}|'private_test_cases' is packed, but not by zlib: ",
                "CODE_CONTESTS|{\"description\": \"?\", \"public_tests\": {\"input\": [\"1\"]}}|'public_tests' must have 'inputs' and 'outputs', both lists",
            })
    void aWrongFieldIsNamed(String format, String row, String fault) throws IOException {
        Path file = Files.writeString(directory.resolve("wrong.jsonl"), row);

        List<String> faults = DatasetReader.read(file, DatasetFixtures.rules(DatasetFormat.valueOf(format)))
                .faults();

        assertThat(faults).singleElement().asString().startsWith(file + ", line 1: " + fault);
    }

    private static List<String> references(String name) {
        return DatasetFixtures.read(name).problems().stream()
                .map(Problem::reference)
                .toList();
    }
}
