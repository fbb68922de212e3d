package io.tramontane.policy.generation;

import static io.tramontane.policy.TestPolicies.END;
import static io.tramontane.policy.TestPolicies.OPTIMIZER;
import static io.tramontane.policy.TestPolicies.TINY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tramontane.policy.TestPolicies;
import io.tramontane.policy.Weights;
import io.tramontane.policy.training.PolicyTrainer;
import io.tramontane.policy.training.TokenSequence;
import io.tramontane.policy.training.TrainerState;
import io.tramontane.schemas.WeightsVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GenerationEngineTest {

    private static final WeightsVersion FIRST = new WeightsVersion(1, 1);
    private static final WeightsVersion SECOND = new WeightsVersion(1, 2);

    private final Weights weights = TestPolicies.sharpWeights(3);

    /** More requests than slots, of unlike lengths: sequences join and leave at nearly every step. */
    @Test
    void recordedLogProbsAreTheTrainersWhileSequencesJoinAndLeave() {
        SplittableRandom random = new SplittableRandom(1);
        List<GenerationRequest> requests = requests(random, 40);
        List<GeneratedSequence> finished = new ArrayList<>(generate(requests, 7).values());

        assertThat(finished).hasSize(40);
        assertThat(finished).anyMatch(GeneratedSequence::truncated).anyMatch(sequence -> !sequence.truncated());
        try (PolicyTrainer trainer = new PolicyTrainer(TINY, OPTIMIZER, TrainerState.startingFrom(weights))) {
            for (GeneratedSequence sequence : finished) {
                float[] expected = trainer.logProbs(
                                List.of(new TokenSequence(sequence.promptTokens(), sequence.tokens())))
                        .get(0);
                for (int t = 0; t < expected.length; t++) {
                    assertThat(sequence.logProbs()[t]).isCloseTo(expected[t], within(1e-4f));
                }
            }
        }
    }

    @Test
    void whatIsSampledDoesNotDependOnTheNeighbours() {
        List<GenerationRequest> requests = requests(new SplittableRandom(2), 12);

        Map<String, GeneratedSequence> together = generate(requests, 12);
        Map<String, GeneratedSequence> oneByOne = generate(requests, 1);

        together.forEach((id, sequence) ->
                assertThat(sequence.tokens()).isEqualTo(oneByOne.get(id).tokens()));
    }

    @Test
    void aSequenceEndsWithItsEndTokenOrItsBudget() {
        generate(requests(new SplittableRandom(3), 30), 8).values().forEach(sequence -> {
            int last = sequence.tokens()[sequence.tokens().length - 1];
            if (sequence.truncated()) {
                assertThat(sequence.tokens()).doesNotContain(END);
            } else {
                assertThat(last).isEqualTo(END);
                assertThat(sequence.tokens()).containsOnlyOnce(END);
            }
            assertThat(sequence.logProbs()).hasSameSizeAs(sequence.tokens());
        });
    }

    @Test
    void sampledFrequenciesAreThePolicysProbabilities() {
        int samples = 4_000;
        int[] prompt = {5, 9, 2};
        List<GenerationRequest> requests = new ArrayList<>();
        for (int i = 0; i < samples; i++) {
            requests.add(new GenerationRequest(Integer.toString(i), prompt, 1, 1, i * 31L + 7));
        }
        Map<Integer, Integer> counts = new HashMap<>();
        generate(requests, 200).values().forEach(sequence -> counts.merge(sequence.tokens()[0], 1, Integer::sum));

        try (PolicyTrainer trainer = new PolicyTrainer(TINY, OPTIMIZER, TrainerState.startingFrom(weights))) {
            for (int token = 0; token < TINY.vocabularySize(); token++) {
                double probability = Math.exp(trainer.logProbs(List.of(new TokenSequence(prompt, new int[] {token})))
                        .get(0)[0]);
                double deviation = Math.sqrt(probability * (1 - probability) / samples);
                assertThat(counts.getOrDefault(token, 0) / (double) samples)
                        .isCloseTo(probability, within(4.5 * deviation + 1e-3));
            }
        }
    }

    @Test
    void temperatureZeroTakesTheLikeliestToken() {
        int[] prompt = {5, 9, 2};
        List<GenerationRequest> requests =
                List.of(new GenerationRequest("a", prompt, 8, 0, 1), new GenerationRequest("b", prompt, 8, 0, 2));

        Map<String, GeneratedSequence> greedy = generate(requests, 2);

        assertThat(greedy.get("a").tokens()).isEqualTo(greedy.get("b").tokens());
        try (PolicyTrainer trainer = new PolicyTrainer(TINY, OPTIMIZER, TrainerState.startingFrom(weights))) {
            float chosen = greedy.get("a").logProbs()[0];
            for (int token = 0; token < TINY.vocabularySize(); token++) {
                assertThat(trainer.logProbs(List.of(new TokenSequence(prompt, new int[] {token})))
                                .get(0)[0])
                        .isLessThanOrEqualTo(chosen + 1e-4f);
            }
        }
    }

    /** New weights take effect with the next token; keys and values of the tokens before stay those of the old ones. */
    @Test
    void weightsAreSwappedInFlight() {
        Weights other = TestPolicies.sharpWeights(4);
        // Weights that put the end token last keep the sequence running: only its budget ends it.
        GenerationRequest request = new GenerationRequest("a", new int[] {5, 9, 2}, 12, 1, 5);
        GeneratedSequence swapped = null;
        try (GenerationEngine engine = engine(4)) {
            engine.submit(request);
            for (int step = 0; swapped == null; step++) {
                if (step == 2) {
                    engine.swap(other, SECOND);
                    assertThat(engine.version()).isEqualTo(SECOND);
                }
                List<GeneratedSequence> finished = engine.step();
                swapped = finished.isEmpty() ? null : finished.get(0);
            }
        }
        GeneratedSequence plain = generate(List.of(request), 4).get("a");

        assertThat(plain.spans()).containsExactly(new VersionSpan(FIRST, 0, plain.tokens().length));
        // The first step gives two tokens, the second one.
        assertThat(swapped.tokens().length).isGreaterThan(3);
        assertThat(swapped.spans())
                .containsExactly(new VersionSpan(FIRST, 0, 3), new VersionSpan(SECOND, 3, swapped.tokens().length));
        assertThat(java.util.Arrays.copyOf(swapped.logProbs(), 3))
                .containsExactly(java.util.Arrays.copyOf(plain.logProbs(), 3));
        assertThat(swapped.logProbs()[3]).isNotEqualTo(plain.logProbs()[3]);
    }

    @Test
    void requestsThatDoNotFitAreRefused() {
        try (GenerationEngine engine = engine(1)) {
            assertThatThrownBy(() -> engine.submit(new GenerationRequest("long", new int[30], 20, 1, 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("long")
                    .hasMessageContaining("40");
            engine.submit(new GenerationRequest("a", new int[] {1}, 4, 1, 1));
            assertThat(engine.freeSlots()).isZero();
            assertThatThrownBy(() -> engine.submit(new GenerationRequest("b", new int[] {1}, 4, 1, 1)))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void stepsLeaveNoNativeArraysBehind() {
        try (GenerationEngine engine = engine(4)) {
            run(engine, requests(new SplittableRandom(4), 10));
            long settled = engine.liveArrays();
            for (int round = 0; round < 3; round++) {
                engine.swap(weights, SECOND);
                run(engine, requests(new SplittableRandom(round), 10));
            }

            assertThat(engine.liveArrays()).isEqualTo(settled);
            assertThat(engine.running()).isZero();
        }
    }

    private GenerationEngine engine(int slots) {
        return new GenerationEngine(TINY, new GenerationSettings(slots, 40), END, weights, FIRST);
    }

    private Map<String, GeneratedSequence> generate(List<GenerationRequest> requests, int slots) {
        try (GenerationEngine engine = engine(slots)) {
            return run(engine, requests);
        }
    }

    private static Map<String, GeneratedSequence> run(GenerationEngine engine, List<GenerationRequest> requests) {
        Map<String, GeneratedSequence> finished = new HashMap<>();
        int next = 0;
        while (finished.size() < requests.size()) {
            while (next < requests.size() && engine.freeSlots() > 0) {
                engine.submit(requests.get(next++));
            }
            engine.step().forEach(sequence -> finished.put(sequence.id(), sequence));
        }
        return finished;
    }

    private static List<GenerationRequest> requests(SplittableRandom random, int count) {
        int[] shared = TestPolicies.randomTokens(random, 4);
        List<GenerationRequest> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int[] prompt = i % 3 == 0 ? shared : TestPolicies.randomTokens(random, 1 + random.nextInt(8));
            requests.add(new GenerationRequest("r" + i, prompt, 1 + random.nextInt(25), 1, random.nextLong()));
        }
        return requests;
    }
}
