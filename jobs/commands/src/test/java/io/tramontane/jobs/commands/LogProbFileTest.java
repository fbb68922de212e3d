package io.tramontane.jobs.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tramontane.jobs.data.dataset.DatasetException;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.training.TokenSequence;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogProbFileTest {

    /** A vocabulary of 10 and 6 positions. */
    private static final PolicyConfig CONFIG = new PolicyConfig(10, 4, 4, 1, 1, 1, 4, 6, 1e-5, 10_000);

    private static final int MICRO_BATCH = 8;

    private final List<String> problems = new ArrayList<>();
    /** Lengths of the sequences of each micro-batch. */
    private final List<List<Integer>> microBatches = new ArrayList<>();

    @TempDir
    private Path directory;

    @Test
    void everyLineHasItsTokensInTheOrderOfTheFile() throws IOException {
        assertThat(write("""
                        {"id": "a", "tokens": [1, 2, 3]}
                        {"tokens": [4], "id": 12345678901234567890, "more": true}

                        {"id": "c", "tokens": [9, 0, 5, 6, 7, 8]}
                        {"id": "é", "tokens": [1, 1]}
                        """))
                .containsExactly(
                        "{\"id\":\"a\",\"logprobs\":[null,-0.2,-0.3]}",
                        "{\"id\":12345678901234567890,\"logprobs\":[null]}",
                        "{\"id\":\"c\",\"logprobs\":[null,0.0,-0.5,-0.6,-0.7,-0.8]}",
                        "{\"id\":\"é\",\"logprobs\":[null,-0.1]}");
        assertThat(problems).isEmpty();
    }

    @Test
    void microBatchesAreBoundedByTokensWithPadding() throws IOException {
        write("""
                {"id": 1, "tokens": [1, 2, 3, 4]}
                {"id": 2, "tokens": [1, 2]}
                {"id": 3, "tokens": [1, 2]}
                {"id": 4, "tokens": [1, 2, 3, 4, 5]}
                {"id": 5, "tokens": [1]}
                {"id": 6, "tokens": [1, 2]}
                """);

        assertThat(microBatches).containsExactly(List.of(4, 2), List.of(2), List.of(5), List.of(2));
    }

    @Test
    void everyLineThatIsWrongIsNamedAndTheOthersAreWritten() throws IOException {
        assertThat(write("""
                        {"id": "a", "tokens": [1, 2]}
                        {"id": "b", "tokens": [1, 10]}
                        {"id": "c", "tokens": [1, -1]}
                        {"id": "d", "tokens": [1, 2.0]}
                        {"id": "e", "tokens": [1, 2, 3, 4, 5, 6, 7]}
                        {"id": "f", "tokens": []}
                        {"id": "g"}
                        {"tokens": [1]}
                        [1]
                        {"id": "h"
                        {"id": "i", "tokens": [3, 4]}
                        """))
                .containsExactly("{\"id\":\"a\",\"logprobs\":[null,-0.2]}", "{\"id\":\"i\",\"logprobs\":[null,-0.4]}");

        String file = input().toString();
        assertThat(problems.subList(0, 8))
                .containsExactly(
                        file + ", line 2: token 1 is 10: ids of this policy are 0 to 9",
                        file + ", line 3: token 1 is -1: ids of this policy are 0 to 9",
                        file + ", line 4: token 1 is 2.0: ids of this policy are 0 to 9",
                        file + ", line 5: 7 tokens are more than the policy's 6 positions",
                        file + ", line 6: 'tokens' must be a list of at least one id",
                        file + ", line 7: 'tokens' must be a list of at least one id",
                        file + ", line 8: 'id' must be a text or an integer",
                        file + ", line 9: must be an object, not ARRAY");
        assertThat(problems.get(8)).startsWith(file + ", line 10: not JSON: ");
        assertThat(problems).hasSize(9);
    }

    @Test
    void aLineThatIsNotUtf8DoesNotHideTheNext() throws IOException {
        byte[] broken = "{\"id\": \"ä\", \"tokens\": [1, 2]}\n{\"id\": \"b\", \"tokens\": [1, 2]}\n"
                .getBytes(StandardCharsets.ISO_8859_1);
        Files.write(input(), broken);

        assertThat(written()).containsExactly("{\"id\":\"b\",\"logprobs\":[null,-0.2]}");
        assertThat(problems).containsExactly(input() + ", line 1: not UTF-8");
    }

    @Test
    void aLogProbabilityThatIsNoNumberIsAWrongLine() throws IOException {
        Files.writeString(input(), "{\"id\": \"a\", \"tokens\": [1, 2, 3]}\n{\"id\": \"b\", \"tokens\": [1]}\n");
        StringWriter out = new StringWriter();
        LogProbFile file = new LogProbFile(
                input(), CONFIG, MICRO_BATCH, ids -> List.of(new float[] {-1, Float.NaN}), problems::add);

        file.writeTo(out);

        assertThat(out.toString()).isEqualTo("{\"id\":\"b\",\"logprobs\":[null]}\n");
        assertThat(problems)
                .containsExactly(input()
                        + ", line 1: the log-probability of token 2 is NaN: check the weights, which may be damaged");
        assertThat(file.wrong()).isEqualTo(1);
        assertThat(file.summary()).isEqualTo("1 lines with 1 tokens, 1 lines left out");
    }

    @Test
    void filesThatCannotBeUsedAreNamed() throws IOException {
        assertThatThrownBy(() -> LogProbFile.check(input(), null))
                .isInstanceOf(DatasetException.class)
                .hasMessage("there is no file " + input() + " with tokens");
        Files.writeString(input(), "");
        assertThatThrownBy(() -> LogProbFile.check(input(), directory))
                .hasMessage(directory + ": is a folder; log-probabilities are written into a file");
        assertThatThrownBy(() -> LogProbFile.check(input(), input()))
                .hasMessage(input() + ": is the input; choose another file for the log-probabilities");
        LogProbFile.check(input(), directory.resolve("out.jsonl"));
    }

    private Path input() {
        return directory.resolve("tokens.jsonl");
    }

    private List<String> write(String content) throws IOException {
        Files.writeString(input(), content);
        return written();
    }

    private List<String> written() throws IOException {
        StringWriter out = new StringWriter();
        new LogProbFile(input(), CONFIG, MICRO_BATCH, this::policy, problems::add).writeTo(out);
        return out.toString().lines().toList();
    }

    /** A tenth of its id below zero for each token. */
    private List<float[]> policy(List<TokenSequence> sequences) {
        microBatches.add(sequences.stream().map(TokenSequence::length).toList());
        return sequences.stream()
                .map(TokenSequence::completionTokens)
                .map(ids -> {
                    float[] logProbs = new float[ids.length];
                    for (int i = 0; i < ids.length; i++) {
                        logProbs[i] = -ids[i] / 10f;
                    }
                    return logProbs;
                })
                .toList();
    }
}
