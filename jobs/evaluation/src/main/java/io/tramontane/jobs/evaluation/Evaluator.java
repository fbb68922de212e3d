package io.tramontane.jobs.evaluation;

import io.tramontane.jobs.data.dataset.Problem;
import io.tramontane.jobs.data.dataset.ProblemSet;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.Weights;
import io.tramontane.policy.generation.GeneratedSequence;
import io.tramontane.policy.generation.GenerationEngine;
import io.tramontane.policy.generation.GenerationRequest;
import io.tramontane.policy.generation.GenerationSettings;
import io.tramontane.policy.tokenizer.PolicyTokenizer;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.composition.RewardFunction;
import io.tramontane.rewards.composition.ScoreCard;
import io.tramontane.schemas.Identity;
import io.tramontane.schemas.WeightsVersion;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/**
 * Measures a policy on held-out problems: samples completions, grades them with the reward function and counts.
 *
 * <p>The seed of every completion depends on its problem and sample alone, so two policies are measured with the same
 * random numbers. Not thread-safe.
 */
public final class Evaluator {

    /** Called whenever completions have been graded. */
    @FunctionalInterface
    public interface Progress {
        void graded(int completions, int of);
    }

    /** Called after every decoding step with the time that it and the grading of what it finished took; may pause. */
    @FunctionalInterface
    public interface Pacing {

        /** Goes on at once. */
        Pacing FULL_SPEED = nanoseconds -> {};

        /** @throws CancellationException to end the evaluation here */
        void computed(long nanoseconds);
    }

    /** Called with a problem when all its completions have been graded; problems end in another order than theirs. */
    @FunctionalInterface
    public interface OutcomeListener {
        void ended(Problem problem, ProblemOutcome outcome);
    }

    private interface GradedListener {
        void graded(int problem, RewardRequest request, ScoreCard card);
    }

    private final EvaluationSettings settings;
    private final ProblemSet problems;
    private final PolicyTokenizer tokenizer;
    private final RewardFunction rewards;
    private final long seed;
    private final Pacing pacing;

    /**
     * An evaluator that takes all of its thread.
     *
     * @param problems all of them are asked
     * @param seed of the sampling
     */
    public Evaluator(
            EvaluationSettings settings,
            ProblemSet problems,
            PolicyTokenizer tokenizer,
            RewardFunction rewards,
            long seed) {
        this(settings, problems, tokenizer, rewards, seed, Pacing.FULL_SPEED);
    }

    /**
     * @param problems all of them are asked
     * @param seed of the sampling
     * @param pacing called after every decoding step
     */
    public Evaluator(
            EvaluationSettings settings,
            ProblemSet problems,
            PolicyTokenizer tokenizer,
            RewardFunction rewards,
            long seed,
            Pacing pacing) {
        this.settings = settings;
        this.problems = problems;
        this.tokenizer = tokenizer;
        this.rewards = rewards;
        this.seed = seed;
        this.pacing = pacing;
    }

    /** Measures at the temperature of the settings. */
    public Evaluation evaluate(PolicyConfig config, Weights weights, Progress progress) {
        Tally tally = new Tally(problems, settings.samplesPerProblem());
        sample(config, weights, progress, tally::add);
        return tally.result(settings.temperature(), settings.confidence());
    }

    /**
     * What the policy makes of each problem, at the temperature and with the samples of the settings.
     *
     * @param difficulty the class a problem is counted in; empty for none
     */
    public List<ProblemOutcome> outcomes(
            PolicyConfig config, Weights weights, Function<Problem, String> difficulty, Progress progress) {
        Map<String, ProblemOutcome> outcomes = new HashMap<>();
        forEachOutcome(
                config,
                weights,
                progress,
                (problem, outcome) -> outcomes.put(problem.id(), outcome.withDifficulty(difficulty.apply(problem))));
        return problems.problems().stream()
                .map(problem -> outcomes.get(problem.id()))
                .toList();
    }

    /**
     * What the policy makes of each problem, in no class of difficulty, at the temperature and with the samples of the
     * settings. Only the completions of problems under way are held.
     */
    public void forEachOutcome(PolicyConfig config, Weights weights, Progress progress, OutcomeListener listener) {
        int samples = settings.samplesPerProblem();
        Map<Integer, GradedProblem> underWay = new HashMap<>();
        sample(config, weights, progress, (index, request, card) -> {
            GradedProblem graded = underWay.computeIfAbsent(index, unknown -> new GradedProblem(rewards));
            graded.add(request, card);
            if (graded.size() == samples) {
                underWay.remove(index);
                Problem problem = problems.problems().get(index);
                listener.ended(problem, graded.outcome(problem.id(), problem.language(), ""));
            }
        });
    }

    /** @throws CancellationException if the thread is interrupted; its flag stays set */
    private void sample(PolicyConfig config, Weights weights, Progress progress, GradedListener listener) {
        int samples = settings.samplesPerProblem();
        List<int[]> prompts = problems.problems().stream()
                .map(problem -> tokenizer.encode(problem.text()))
                .toList();
        int longest = prompts.stream().mapToInt(prompt -> prompt.length).max().orElseThrow();
        int total = problems.size() * samples;
        GenerationSettings generation = new GenerationSettings(settings.slots(), longest + settings.maximumNewTokens());
        try (GenerationEngine engine =
                new GenerationEngine(config, generation, tokenizer.endOfSequence(), weights, WeightsVersion.BASE)) {
            int submitted = 0;
            int graded = 0;
            while (graded < total) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException("the evaluation was interrupted");
                }
                long start = System.nanoTime();
                for (; submitted < total && engine.freeSlots() > 0; submitted++) {
                    int problem = submitted / samples;
                    String identity = problems.problems().get(problem).id() + "/" + submitted % samples;
                    engine.submit(new GenerationRequest(
                            Integer.toString(submitted),
                            prompts.get(problem),
                            settings.maximumNewTokens(),
                            settings.temperature(),
                            Identity.seed(seed, identity)));
                }
                List<GeneratedSequence> finished = engine.step();
                for (GeneratedSequence sequence : finished) {
                    int problem = Integer.parseInt(sequence.id()) / samples;
                    RewardRequest request = request(problems.problems().get(problem), sequence);
                    listener.graded(problem, request, rewards.score(request));
                    graded++;
                }
                pacing.computed(System.nanoTime() - start);
                if (!finished.isEmpty()) {
                    progress.graded(graded, total);
                }
            }
        }
    }

    private RewardRequest request(Problem problem, GeneratedSequence sequence) {
        int[] tokens = sequence.tokens();
        int[] text = sequence.truncated() ? tokens : Arrays.copyOf(tokens, tokens.length - 1);
        return RewardRequest.builder()
                .completionId(problem.id() + "/" + sequence.id())
                .groupId(problem.id())
                .problem(problem.text())
                .reference(problem.reference())
                .verifier(problem.verifier())
                .language(problem.language())
                .text(tokenizer.decode(text))
                .completionTokens(tokens.length)
                .truncated(sequence.truncated())
                .build();
    }
}
