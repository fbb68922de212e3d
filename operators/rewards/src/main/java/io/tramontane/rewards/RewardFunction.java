package io.tramontane.rewards;

import io.tramontane.rewards.answer.AnswerExtractor;
import io.tramontane.rewards.correctness.CorrectnessGrader;
import io.tramontane.rewards.custom.CustomComponents;
import io.tramontane.rewards.custom.CustomSettings;
import io.tramontane.rewards.format.CompletionParser;
import io.tramontane.rewards.format.FormatGate;
import io.tramontane.rewards.format.ParsedCompletion;
import io.tramontane.rewards.language.LanguageDetectors;
import io.tramontane.rewards.language.LanguageGrader;
import io.tramontane.rewards.length.LengthGrader;
import io.tramontane.schemas.RewardComponent;
import io.tramontane.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The reward of a completion: a gate, then a list of named graders with weights (Magistral §2.2).
 *
 * <p>A completion that fails the gate earns exactly 0 and nothing else of it is graded. Otherwise the reward is the sum
 * of {@code weight * score} over the gate and the graders. Only the verdict CORRECT earns full marks; the five verdicts
 * are kept apart in the components.
 *
 * <p>Thread-safe and idempotent if its graders are.
 */
public final class RewardFunction implements AutoCloseable {

    private final CompletionParser parser;
    private final Optional<WeightedGrader> gate;
    private final List<WeightedGrader> graders;

    /**
     * The components that the settings switch on, in this order: format, correctness, length, language, custom ones.
     *
     * @throws IllegalArgumentException if they cannot be made; {@link RewardChecks} says why beforehand
     */
    public RewardFunction(RewardSettings settings) {
        parser = new CompletionParser(settings.format().thinkPart(), new AnswerExtractor(settings.answer()));
        Verifiers verifiers = Verifiers.of(settings);
        List<WeightedGrader> enabled = new ArrayList<>();
        WeightedGrader format = new WeightedGrader(
                FormatGate.NAME,
                new FormatGate(verifiers::form),
                settings.format().weight());
        boolean gated = settings.format().enabled() && settings.format().gate();
        gate = gated ? Optional.of(format) : Optional.empty();
        if (settings.format().enabled() && !gated) {
            enabled.add(format);
        }
        if (settings.correctness().enabled()) {
            enabled.add(new WeightedGrader(
                    CorrectnessGrader.NAME, verifiers, settings.correctness().weight()));
        }
        if (settings.length().enabled()) {
            enabled.add(new WeightedGrader(
                    LengthGrader.NAME,
                    new LengthGrader(settings.length()),
                    settings.length().weight()));
        }
        if (settings.language().enabled()) {
            enabled.add(new WeightedGrader(
                    LanguageGrader.NAME,
                    new LanguageGrader(settings.language(), LanguageDetectors.of(settings.language())),
                    settings.language().weight()));
        }
        enabled.addAll(custom(settings.custom()));
        graders = List.copyOf(enabled);
    }

    private static List<WeightedGrader> custom(List<CustomSettings> settings) {
        if (settings.stream().noneMatch(CustomSettings::enabled)) {
            return List.of();
        }
        CustomComponents components = CustomComponents.onClassPath();
        return settings.stream()
                .filter(CustomSettings::enabled)
                .map(one -> new WeightedGrader(one.name(), components.create(one), one.weight()))
                .toList();
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

    /** Grades one completion. Never throws for what a policy may have written or a grader may do. */
    public ScoreCard score(RewardRequest request) {
        ParsedCompletion parsed = parser.parse(request.text());
        List<RewardComponent> components = new ArrayList<>(graders.size() + 1);
        double reward = 0;
        if (gate.isPresent()) {
            RewardComponent component = gate.get().grade(request, parsed);
            components.add(component);
            if (component.getVerdict() != Verdict.CORRECT) {
                component.setValue(0);
                return new ScoreCard(0, components);
            }
            reward += component.getValue();
        }
        for (WeightedGrader grader : graders) {
            RewardComponent component = grader.grade(request, parsed);
            components.add(component);
            reward += component.getValue();
        }
        return new ScoreCard(reward, components);
    }

    /** Closes the graders. */
    @Override
    public void close() {
        gate.ifPresent(grader -> grader.grader().close());
        graders.forEach(grader -> grader.grader().close());
    }
}
