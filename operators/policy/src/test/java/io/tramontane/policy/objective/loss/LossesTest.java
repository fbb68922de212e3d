package io.tramontane.policy.objective.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tramontane.policy.objective.LossDivisor;
import io.tramontane.policy.objective.LossInput;
import io.tramontane.policy.objective.PolicyLoss;
import io.tramontane.policy.objective.PolicyLossPlugin;
import io.tramontane.policy.objective.testkit.LossTestKit;
import io.tramontane.policy.objective.testkit.SampleInputs;
import io.tramontane.schemas.plugin.Plugins;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every loss against its formula: value, derivative, and what all losses promise. */
class LossesTest {

    private record Case(PolicyLoss loss, LossTestKit.Surrogate reference) {}

    @TestFactory
    Stream<DynamicTest> eachIsItsFormulaAndKeepsWhatLossesPromise() {
        return cases().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    Case tested = entry.getValue();
                    for (long seed = 100; seed < 200; seed++) {
                        check(tested, SampleInputs.of(seed, 0.4));
                        check(tested, SampleInputs.of(seed, 1e-3));
                        check(tested, SampleInputs.extreme(seed));
                    }
                    LossTestKit.check(tested.loss(), tested.reference());
                }));
    }

    /** The defaults, and settings at which every branch is taken often. */
    private static Map<String, Case> cases() {
        Map<String, Case> cases = new LinkedHashMap<>();
        grpo(cases, new GrpoLoss().defaults());
        grpo(cases, new GrpoLoss.Settings(0.01, 0.02, 0));
        grpo(cases, new GrpoLoss.Settings(0.2, 0.28, 1.5));
        grpo(cases, new GrpoLoss.Settings(1, 0.5, 1.2));
        reinforce(cases, new ReinforceLoss().defaults());
        reinforce(cases, new ReinforceLoss.Settings(1));
        reinforce(cases, new ReinforceLoss.Settings(0));
        cispo(cases, new CispoLoss().defaults());
        cispo(cases, new CispoLoss.Settings(0.2, 0.28));
        gspo(cases, new GspoLoss().defaults());
        gspo(cases, new GspoLoss.Settings(0.1, 0.2));
        icePop(cases, new IcePopLoss().defaults());
        icePop(cases, new IcePopLoss.Settings(0.9, 1.2));
        icePop(cases, new IcePopLoss.Settings(0, 1e9));
        dppo(cases, new DppoLoss().defaults());
        dppo(cases, new DppoLoss.Settings(0.01, 1e-3));
        dppo(cases, new DppoLoss.Settings(0, 1));
        return cases;
    }

    private static void grpo(Map<String, Case> cases, GrpoLoss.Settings s) {
        cases.put(
                "grpo " + s,
                new Case(
                        new GrpoLoss().create(s),
                        (x, fixed) -> ReferenceLosses.grpo(x, fixed, s.clipLow(), s.clipHigh(), s.ratioCap())));
    }

    private static void reinforce(Map<String, Case> cases, ReinforceLoss.Settings s) {
        cases.put(
                "reinforce " + s,
                new Case(
                        new ReinforceLoss().create(s),
                        (x, fixed) -> ReferenceLosses.reinforce(x, fixed, s.ratioCap())));
    }

    private static void cispo(Map<String, Case> cases, CispoLoss.Settings s) {
        cases.put(
                "cispo " + s,
                new Case(
                        new CispoLoss().create(s),
                        (x, fixed) -> ReferenceLosses.cispo(x, fixed, s.clipLow(), s.clipHigh())));
    }

    private static void gspo(Map<String, Case> cases, GspoLoss.Settings s) {
        cases.put(
                "gspo " + s,
                new Case(
                        new GspoLoss().create(s),
                        (x, fixed) -> ReferenceLosses.gspo(x, fixed, s.clipLow(), s.clipHigh())));
    }

    private static void icePop(Map<String, Case> cases, IcePopLoss.Settings s) {
        cases.put(
                "icepop " + s,
                new Case(
                        new IcePopLoss().create(s),
                        (x, fixed) -> ReferenceLosses.icePop(x, fixed, s.minimumRatio(), s.maximumRatio())));
    }

    private static void dppo(Map<String, Case> cases, DppoLoss.Settings s) {
        cases.put(
                "dppo " + s,
                new Case(
                        new DppoLoss().create(s),
                        (x, fixed) -> ReferenceLosses.dppo(x, fixed, s.delta(), s.logRatioCoefficient())));
    }

    private static void check(Case tested, LossInput input) {
        double expected = tested.reference().of(input, input);
        assertThat(tested.loss().of(input).value()).isCloseTo(expected, within(1e-9 * Math.abs(expected) + 1e-12));
    }

    @Test
    void eachLossOnTheClassPathHasACase() {
        assertThat(losses().names())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(cases().keySet())
                        .anySatisfy(tested -> assertThat(tested).startsWith(name + " ")));
    }

    @Test
    void theyAreFoundInTheOrderOfTheNamesOfTheirClasses() {
        assertThat(losses().all().stream().map(plugin -> plugin.getClass().getName()))
                .isSorted();
    }

    @Test
    void eachDividesAsItsSourceDoes() {
        assertThat(losses().all())
                .filteredOn(plugin -> plugin.divisor() == LossDivisor.PER_SEQUENCE_MEAN)
                .extracting(PolicyLossPlugin::name)
                .contains("gspo")
                .doesNotContain("grpo", "reinforce", "cispo", "icepop", "dppo");
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Plugins<PolicyLossPlugin<?>> losses() {
        return (Plugins) Plugins.onClassPath(PolicyLossPlugin.class, "loss");
    }
}
