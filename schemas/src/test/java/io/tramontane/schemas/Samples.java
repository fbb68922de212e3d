package io.tramontane.schemas;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** One record of every type, every field set to a value of its own; the committed fixtures hold the same values. */
final class Samples {

    /**
     * Values of the fields that came later; a reader gets their defaults where the writer did not know them.
     *
     * @param stage null where there is none
     */
    private record Later(String verifier, List<Integer> samples, CurriculumStage stage, float temperature) {

        static final Later VERSION_ONE = new Later("", List.of(), null, 1);
        static final Later VERSION_TWO = new Later("code", List.of(), null, 1);
        static final Later VERSION_THREE = new Later("code", List.of(2, 11), null, 1);
        static final Later VERSION_FOUR = new Later("code", List.of(2, 11), Samples.stage(), 1);
        static final Later NEWEST = new Later("code", List.of(2, 11), Samples.stage(), 0.75f);
    }

    private Samples() {}

    static List<SpecificRecord> all() {
        return withStage(Later.NEWEST);
    }

    /** What the fixtures of version 4 hold: the log-probs of completions were all at temperature 1. */
    static List<SpecificRecord> ofVersionFour() {
        return withStage(Later.VERSION_FOUR);
    }

    private static List<SpecificRecord> withStage(Later later) {
        List<SpecificRecord> samples = new ArrayList<>(all(later));
        samples.add(score());
        samples.add(stage());
        return samples;
    }

    /** What the fixtures of version 3 hold: there were no curricula. */
    static List<SpecificRecord> ofVersionThree() {
        List<SpecificRecord> samples = new ArrayList<>(all(Later.VERSION_THREE));
        samples.add(score());
        return samples;
    }

    /** What the fixtures of version 2 hold: prompts were for all samples of a group, scores were not stored. */
    static List<SpecificRecord> ofVersionTwo() {
        return all(Later.VERSION_TWO);
    }

    /** What the fixtures of version 1 hold: prompts and completions did not name a verifier. */
    static List<SpecificRecord> ofVersionOne() {
        return all(Later.VERSION_ONE);
    }

    /** The completion that the fixtures of version 1 hold. */
    static Completion completionOfVersionOne() {
        return completion(Later.VERSION_ONE);
    }

    private static CurriculumStage stage() {
        return new CurriculumStage(2, 24_000, 8_000);
    }

    private static List<SpecificRecord> all(Later later) {
        return List.of(
                sampling(),
                prompt(later),
                span(),
                completion(later),
                component(),
                scored(later),
                group(later),
                step(),
                tensor(),
                manifest(),
                chunk(),
                outcome(),
                letter());
    }

    static SamplingSettings sampling() {
        return new SamplingSettings(0.75f, 40);
    }

    private static Prompt prompt(Later later) {
        return Prompt.newBuilder()
                .setGroupId("run/1/p-17")
                .setRunId("run")
                .setSequence(1234567890123L)
                .setEpoch(1)
                .setProblemId("p-17")
                .setProblem("Wie viel ist 3 + 4? ½ ≠ 🙂")
                .setReference("7")
                .setLanguage("de")
                .setGroupSize(16)
                .setSampling(sampling())
                .setMinimumVersion(5)
                .setVerifier(later.verifier())
                .setSamples(later.samples())
                .setStage(later.stage())
                .build();
    }

    static WeightSpan span() {
        return new WeightSpan(2L, 7L, 0, 2);
    }

    /** Of a run with a curriculum. */
    static Completion completion(String verifier) {
        return completion(new Later(verifier, Later.NEWEST.samples(), stage(), Later.NEWEST.temperature()));
    }

    private static Completion completion(Later later) {
        return Completion.newBuilder()
                .setCompletionId("run/1/p-17/3")
                .setGroupId("run/1/p-17")
                .setRunId("run")
                .setSampleIndex(3)
                .setGroupSize(16)
                .setProblemId("p-17")
                .setProblem("Wie viel ist 3 + 4?")
                .setReference("7")
                .setLanguage("de")
                .setText("<think>3 + 4 = 7</think>\\boxed{7}")
                .setPromptTokens(PackedNumbers.ints(new int[] {1, 511, 2}))
                .setCompletionTokens(PackedNumbers.ints(new int[] {0, Integer.MAX_VALUE, 3}))
                .setLogProbs(PackedNumbers.floats(new float[] {-0.5f, -12.25f, 0f}))
                .setSpans(List.of(span(), new WeightSpan(2L, 8L, 2, 3)))
                .setFinishReason(FinishReason.LENGTH)
                .setGeneratorId("generator-1")
                .setStartedAt(1_700_000_000_000L)
                .setFinishedAt(1_700_000_000_250L)
                .setVerifier(later.verifier())
                .setStage(later.stage())
                .setTemperature(later.temperature())
                .build();
    }

    static RewardComponent component() {
        return new RewardComponent("correctness", 0.9, Verdict.CORRECT, "7 = 7", 42L);
    }

    private static Score score() {
        return new Score(1.0, List.of(component()), -0.25);
    }

    private static ScoredCompletion scored(Later later) {
        return new ScoredCompletion(
                completion(later),
                1.0,
                List.of(component(), new RewardComponent("language", 0.0, Verdict.UNGRADABLE, "too short", 3L)),
                -0.25);
    }

    private static Group group(Later later) {
        return Group.newBuilder()
                .setGroupId("run/1/p-17")
                .setRunId("run")
                .setProblemId("p-17")
                .setLanguage("de")
                .setGroupSize(16)
                .setCompletions(List.of(scored(later)))
                .setRewardMean(0.5)
                .setRewardStd(0.125)
                .setFate(GroupFate.STALE)
                .build();
    }

    static Step step() {
        return Step.newBuilder()
                .setRunId("run")
                .setStep(9)
                .setIncarnation(2)
                .setGroupIds(List.of("run/1/p-17", "run/1/p-18"))
                .setAdvantageMean(0.0625)
                .setAdvantageStd(0.5)
                .setLoss(-0.001)
                .setCompletionTokens(4096)
                .setMetrics(Map.of("entropy", 1.5))
                .setWeightsHash("00ff")
                .setFinishedAt(1_700_000_001_000L)
                .build();
    }

    static TensorEntry tensor() {
        return new TensorEntry("model.embed_tokens.weight", List.of(512L, 96L), 1024L);
    }

    static WeightsManifest manifest() {
        return WeightsManifest.newBuilder()
                .setRunId("run")
                .setIncarnation(2)
                .setVersion(9)
                .setTensors(List.of(tensor()))
                .setTotalBytes(197_632)
                .setChunkCount(2)
                .setFirstOffset(77)
                .setCrc32c(0xffffffffL)
                .setWeightsHash("00ff")
                .setPublishedAt(1_700_000_002_000L)
                .build();
    }

    static WeightsChunk chunk() {
        return new WeightsChunk(2L, 9L, 1, ByteBuffer.wrap(new byte[] {0, -1, 127, -128}));
    }

    static Outcome outcome() {
        return Outcome.newBuilder()
                .setRunId("run")
                .setGroupId("run/1/p-17")
                .setCompletionId("run/1/p-17/3")
                .setKind(OutcomeKind.DROPPED)
                .setDropReason(DropReason.DUPLICATE)
                .setStep(9L)
                .setCompletions(1)
                .setAt(1_700_000_003_000L)
                .build();
    }

    static DeadLetter letter() {
        return DeadLetter.newBuilder()
                .setTopic("run.completions")
                .setPartition(3)
                .setOffset(1L << 40)
                .setCause("the record is cut off")
                .setKey(ByteBuffer.wrap(new byte[] {1}))
                .setValue(ByteBuffer.wrap(new byte[] {2, 3}))
                .setAt(1_700_000_004_000L)
                .build();
    }
}
