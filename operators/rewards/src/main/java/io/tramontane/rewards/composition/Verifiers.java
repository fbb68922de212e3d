package io.tramontane.rewards.composition;

import io.tramontane.rewards.Grade;
import io.tramontane.rewards.Grader;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.code.CodeForm;
import io.tramontane.rewards.code.CodeGrader;
import io.tramontane.rewards.correctness.CorrectnessGrader;
import io.tramontane.rewards.correctness.NumericEquality;
import io.tramontane.rewards.correctness.VerifierChoice;
import io.tramontane.rewards.format.AnswerForm;
import io.tramontane.rewards.format.ParsedCompletion;
import io.tramontane.rewards.math.MathEquality;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The component {@code correctness}: passes each completion on to the verifier that its problem asks for, or all of
 * them to the one that the settings name.
 *
 * <p>Thread-safe if the verifiers are.
 */
final class Verifiers implements Grader {

    private final VerifierChoice choice;
    private final Map<String, Verifier> byName = new LinkedHashMap<>();
    /** What is asked of an answer whose problem names no verifier there is. */
    private final AnswerForm standardForm;

    Verifiers(VerifierChoice choice, AnswerForm standardForm, List<Verifier> verifiers) {
        this.choice = choice;
        this.standardForm = standardForm;
        verifiers.forEach(verifier -> byName.put(verifier.name(), verifier));
    }

    /** All there are. */
    static Verifiers of(RewardSettings settings) {
        AnswerForm answer = AnswerForm.answer(settings.answer());
        boolean partialCredit = settings.correctness().partialCredit();
        return new Verifiers(
                settings.correctness().verifier(),
                answer,
                List.of(
                        new Verifier(
                                VerifierChoice.NUMERIC.verifierName(),
                                answer,
                                new CorrectnessGrader(new NumericEquality(), partialCredit)),
                        new Verifier(
                                VerifierChoice.MATH.verifierName(),
                                answer,
                                new CorrectnessGrader(new MathEquality(settings.math()), partialCredit)),
                        new Verifier(
                                VerifierChoice.CODE.verifierName(),
                                new CodeForm(),
                                new CodeGrader(settings.code(), partialCredit))));
    }

    @Override
    public Grade grade(RewardRequest request, ParsedCompletion parsed) {
        return find(request)
                .map(verifier -> verifier.grader().grade(request, parsed))
                .orElseGet(() -> Grade.ungradable(
                        "there is no verifier '" + nameFor(request) + "'; there are " + byName.keySet()));
    }

    /** What the answer part must hold for this problem. */
    AnswerForm form(RewardRequest request) {
        return find(request).map(Verifier::form).orElse(standardForm);
    }

    /** The name of the verifier for this problem, whether there is one of that name or not. */
    String nameFor(RewardRequest request) {
        if (choice != VerifierChoice.AUTOMATIC) {
            return choice.verifierName();
        }
        return request.verifier().isEmpty() ? VerifierChoice.MATH.verifierName() : request.verifier();
    }

    private Optional<Verifier> find(RewardRequest request) {
        return Optional.ofNullable(byName.get(nameFor(request)));
    }

    /** One of a fixed set of names, whatever a problem asks for. */
    @Override
    public Optional<String> verifierFor(RewardRequest request) {
        return find(request).map(Verifier::name);
    }

    @Override
    public void close() {
        byName.values().forEach(verifier -> verifier.grader().close());
    }
}
