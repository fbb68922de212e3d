package io.tramontane.pipeline.io;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tramontane.kafka.topics.Topic;
import io.tramontane.pipeline.TestCompletion;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.MalformedRecordException;
import io.tramontane.schemas.PackedNumbers;
import io.tramontane.schemas.WeightSpan;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CompletionCheckTest {

    static final RecordLimits LIMITS = new RecordLimits(10_000, 100, 50, 16, 3);

    private final CompletionCheck check = new CompletionCheck(TestCompletion.RUN, LIMITS);

    private static WeightSpan span(int start, int end) {
        return new WeightSpan(1L, 1L, start, end);
    }

    @Test
    void passesWhatIsValid() {
        assertThatCode(() -> check.check(TestCompletion.of("a", 3).completion()))
                .doesNotThrowAnyException();
        assertThatCode(() -> check.check(
                        TestCompletion.of("a", 0).spans(span(0, 1), span(1, 3)).completion()))
                .doesNotThrowAnyException();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("belongs to run other", completion -> completion.setRunId("other")),
                fault("sample 4 of a group of 4", completion -> completion.setSampleIndex(4)),
                fault("sample -1 of a group of 4", completion -> completion.setSampleIndex(-1)),
                fault("group size 0", completion -> completion.setGroupSize(0)),
                fault("group size 17", completion -> completion.setGroupSize(17)),
                fault("is not that of sample 2", completion -> completion.setSampleIndex(2)),
                fault("text has 101 characters", completion -> completion.setText("x".repeat(101))),
                fault("problem has 101 characters", completion -> completion.setProblem("x".repeat(101))),
                fault("reference has 101 characters", completion -> completion.setReference("x".repeat(101))),
                fault("runId has 1025 characters", completion -> completion.setRunId("x".repeat(1025))),
                fault("groupId has 1025 characters", completion -> completion.setGroupId("x".repeat(1025))),
                fault("completionId has 1025 characters", completion -> completion.setCompletionId("x".repeat(1025))),
                fault("problemId has 1025 characters", completion -> completion.setProblemId("x".repeat(1025))),
                fault("language has 1025 characters", completion -> completion.setLanguage("x".repeat(1025))),
                fault("generatorId has 1025 characters", completion -> completion.setGeneratorId("x".repeat(1025))),
                fault("verifier has 1025 characters", completion -> completion.setVerifier("x".repeat(1025))),
                fault("no prompt tokens", completion -> completion.setPromptTokens(PackedNumbers.ints(new int[0]))),
                fault(
                        "no completion tokens",
                        completion -> completion.setCompletionTokens(PackedNumbers.ints(new int[0]))),
                fault(
                        "promptTokens has 51 tokens",
                        completion -> completion.setPromptTokens(PackedNumbers.ints(new int[51]))),
                fault("no multiple of 4", completion -> completion.setCompletionTokens(ByteBuffer.allocate(7))),
                fault(
                        "3 completion tokens but 8 bytes of log-probs",
                        completion -> completion.setLogProbs(PackedNumbers.floats(new float[2]))),
                fault(
                        "log-prob NaN of token 1",
                        completion -> completion.setLogProbs(PackedNumbers.floats(new float[] {0, Float.NaN, 0}))),
                fault("spans cover 0 of 3", completion -> completion.setSpans(List.of())),
                fault("spans cover 2 of 3", completion -> completion.setSpans(List.of(span(0, 2)))),
                fault("does not follow on token 1", completion -> completion.setSpans(List.of(span(0, 1), span(2, 3)))),
                fault("does not follow on token 0", completion -> completion.setSpans(List.of(span(0, 0), span(0, 3)))),
                fault("spans cover 4 of 3", completion -> completion.setSpans(List.of(span(0, 4)))),
                fault(
                        "it has 4 spans",
                        completion -> completion.setSpans(List.of(span(0, 1), span(1, 2), span(2, 3), span(3, 4)))),
                fault(
                        "weights version 1/-1",
                        completion -> completion.setSpans(List.of(new WeightSpan(1L, -1L, 0, 3)))));
    }

    @Test
    void aGroupThatItsTopicCouldNotHoldIsRefusedBeforeItIsCollected() {
        Completion completion = TestCompletion.of("a", 1).groupSize(16).completion();
        int share = Topic.GROUPS.maximumRecordBytes() / 16;
        assertThatCode(() -> check.check(completion, share - (128 << 10))).doesNotThrowAnyException();
        assertThatThrownBy(() -> check.check(completion, share))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining("16 completions of " + share + " bytes");
    }

    private static Arguments fault(String message, Consumer<Completion> fault) {
        return arguments(message, fault);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void tellsWhatIsWrong(String message, Consumer<Completion> fault) {
        Completion completion = TestCompletion.of("a", 1).completion();
        fault.accept(completion);

        assertThatThrownBy(() -> check.check(completion))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining(message);
    }
}
