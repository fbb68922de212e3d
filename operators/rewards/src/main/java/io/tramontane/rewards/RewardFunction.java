package io.tramontane.rewards;

import io.tramontane.rewards.answer.AnswerExtractor;
import io.tramontane.rewards.correctness.CorrectnessGrader;
import io.tramontane.rewards.correctness.NumericEquality;
import io.tramontane.rewards.format.CompletionParser;
import io.tramontane.rewards.format.FormatGate;
import io.tramontane.rewards.format.ParsedCompletion;
import io.tramontane.rewards.language.LanguageGrader;
import io.tramontane.rewards.language.LanguageIdentifier;
import io.tramontane.rewards.length.LengthGrader;
import io.tramontane.schemas.RewardComponent;
import io.tramontane.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reward of a completion: a gate, then a list of named graders with weights (Magistral §2.2).
 *
 * <p>A completion that fails the gate earns exactly 0 and nothing else of it is graded. Otherwise the reward is the sum
 * of {@code weight * score} over the gate and the graders. Only the verdict CORRECT earns full marks; the five verdicts
 * are kept apart in the components.
 *
 * <p>Thread-safe and idempotent if its graders are.
 */
public final class RewardFunction {

    private static final Logger LOG = LoggerFactory.getLogger(RewardFunction.class);

    private final CompletionParser parser;
    private final Optional<WeightedGrader> gate;
    private final List<WeightedGrader> graders;

    /** The built-in graders: format gate, correctness, length, language. */
    public RewardFunction(RewardSettings settings) {
        this(
                new CompletionParser(settings.format().thinkPart(), new AnswerExtractor(settings.answer())),
                settings.format().gate()
                        ? Optional.of(new WeightedGrader(
                                new FormatGate(settings.answer()),
                                settings.format().weight()))
                        : Optional.empty(),
                List.of(
                        new WeightedGrader(
                                new CorrectnessGrader(new NumericEquality()),
                                settings.correctness().weight()),
                        new WeightedGrader(
                                new LengthGrader(settings.length()),
                                settings.length().weight()),
                        new WeightedGrader(
                                new LanguageGrader(
                                        settings.language(),
                                        LanguageIdentifier.maskedTo(
                                                settings.language().languages())),
                                settings.language().weight())));
    }

    /**
     * A reward of any graders.
     *
     * @param parser takes completions apart
     * @param gate must say CORRECT, or the reward is 0 and no grader is asked
     * @param graders asked in this order
     */
    public RewardFunction(CompletionParser parser, Optional<WeightedGrader> gate, List<WeightedGrader> graders) {
        this.parser = parser;
        this.gate = gate;
        this.graders = List.copyOf(graders);
    }

    /** Grades one completion. Never throws for what a policy may have written. */
    public ScoreCard score(RewardRequest request) {
        ParsedCompletion parsed = parser.parse(request.text());
        List<RewardComponent> components = new ArrayList<>(graders.size() + 1);
        double reward = 0;
        if (gate.isPresent()) {
            RewardComponent component = component(gate.get(), request, parsed);
            components.add(component);
            if (component.getVerdict() != Verdict.CORRECT) {
                component.setValue(0);
                return new ScoreCard(0, components);
            }
            reward += component.getValue();
        }
        for (WeightedGrader grader : graders) {
            RewardComponent component = component(grader, request, parsed);
            components.add(component);
            reward += component.getValue();
        }
        return new ScoreCard(reward, components);
    }

    private static RewardComponent component(WeightedGrader weighted, RewardRequest request, ParsedCompletion parsed) {
        Grader grader = weighted.grader();
        long start = System.nanoTime();
        Grade grade;
        try {
            grade = grader.grade(request, parsed);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.warn("Grader {} failed on completion {}", grader.name(), request.completionId(), e);
            grade = Grade.crashed("the grader failed: " + e);
        }
        long micros = (System.nanoTime() - start) / 1_000;
        // A score of 0 must not become -0.0 under a negative weight: groups compare rewards for equality.
        double value = grade.score() == 0 ? 0 : weighted.weight() * grade.score();
        return new RewardComponent(grader.name(), value, grade.verdict(), grade.reason(), micros);
    }
}
