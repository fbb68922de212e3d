package io.tramontane.rewards.composition;

import io.tramontane.rewards.Grade;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.answer.AnswerExtractor;
import io.tramontane.rewards.correctness.CorrectnessGrader;
import io.tramontane.rewards.custom.CustomComponents;
import io.tramontane.rewards.custom.CustomSettings;
import io.tramontane.rewards.format.CompletionParser;
import io.tramontane.rewards.format.ParsedCompletion;
import io.tramontane.rewards.gate.FormatGate;
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
     * The components that the settings switch on, in this order: format, correctness, the others that come with
     * Tramontane, those of users by name, then those of {@code custom}.
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
        enabled.addAll(new Components().enabled(settings.components()));
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
                .map(one -> new WeightedGrader(one.name(), components.create(one), one.weight(), true))
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

    /** The same reward with one more component behind the others. */
    public RewardFunction with(WeightedGrader another) {
        List<WeightedGrader> more = new ArrayList<>(graders);
        more.add(another);
        return new RewardFunction(parser, gate, more);
    }

    /** What must say CORRECT before anything else is graded. */
    public Optional<WeightedGrader> gate() {
        return gate;
    }

    /** The components behind the gate, in their order. */
    public List<WeightedGrader> graders() {
        return graders;
    }

    /**
     * Grades one completion, component by component. Never throws for what a policy may have written or a grader may
     * do.
     */
    public ScoreCard score(RewardRequest request) {
        ParsedCompletion parsed;
        try {
            parsed = parse(request);
        } catch (RuntimeException | StackOverflowError e) {
            return notParsed(e);
        }
        List<RewardComponent> components = new ArrayList<>(graders.size() + 1);
        if (gate.isPresent()) {
            RewardComponent component = gate.get().grade(request, parsed);
            if (component.getVerdict() != Verdict.CORRECT) {
                return stoppedAtGate(component);
            }
            components.add(component);
        }
        graders.forEach(grader -> components.add(grader.grade(request, parsed)));
        return card(components);
    }

    /** Takes the completion apart; a user's pattern may fail on it, or never end. */
    public ParsedCompletion parse(RewardRequest request) {
        return parser.parse(request.text());
    }

    /**
     * The reward of a completion that passed the gate.
     *
     * @param components what gate and graders said, in their order: the sum depends on it in its last bits
     */
    public static ScoreCard card(List<RewardComponent> components) {
        double reward = 0;
        for (RewardComponent component : components) {
            reward += component.getValue();
        }
        return new ScoreCard(reward, components);
    }

    /** The reward of a completion of which the gate said anything but CORRECT: exactly 0. */
    public static ScoreCard stoppedAtGate(RewardComponent gate) {
        gate.setValue(0);
        return new ScoreCard(0, List.of(gate));
    }

    /** The reward of a completion that could not be taken apart: the gate, or else every component, is CRASHED. */
    public ScoreCard notParsed(Throwable failure) {
        Grade crashed = Grade.crashed("the completion cannot be taken apart: " + failure);
        return gate.map(grader -> stoppedAtGate(grader.component(crashed, 0)))
                .orElseGet(() -> card(graders.stream()
                        .map(grader -> grader.component(crashed, 0))
                        .toList()));
    }

    /** Closes the graders. */
    @Override
    public void close() {
        gate.ifPresent(grader -> grader.grader().close());
        graders.forEach(grader -> grader.grader().close());
    }
}
