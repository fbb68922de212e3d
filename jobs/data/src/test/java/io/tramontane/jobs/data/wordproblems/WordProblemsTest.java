package io.tramontane.jobs.data.wordproblems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tramontane.jobs.data.dataset.Problem;
import io.tramontane.rewards.language.detection.OpenNlpDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordProblemsTest {

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final WordProblems problems = new WordProblems(1);

    @Test
    void trainingAndHeldOutShareNoNumbersInAnyLanguage() {
        Set<List<Integer>> training = problems.training(8_000).problems().stream()
                .map(WordProblemsTest::numbers)
                .collect(Collectors.toSet());
        Set<List<Integer>> heldOut = problems.heldOut(3_500).problems().stream()
                .map(WordProblemsTest::numbers)
                .collect(Collectors.toSet());
        Set<List<Integer>> demonstrated = demonstrations(20_000).stream()
                .map(demonstration -> numbers(demonstration.problem()))
                .collect(Collectors.toSet());

        assertThat(heldOut).hasSizeGreaterThan(300).doesNotContainAnyElementsOf(training);
        assertThat(heldOut).doesNotContainAnyElementsOf(demonstrated);
    }

    @Test
    void heldOutIsTheSameForEverySeedAndTrainingIsNot() {
        WordProblems other = new WordProblems(2);

        assertThat(other.heldOut(100)).isEqualTo(problems.heldOut(100));
        assertThat(other.training(100)).isNotEqualTo(problems.training(100));
        assertThat(new WordProblems(1).training(100)).isEqualTo(problems.training(100));
    }

    @Test
    void languagesHaveEqualShares() {
        Map<String, Long> shares = problems.heldOut(512).problems().stream()
                .collect(Collectors.groupingBy(Problem::language, Collectors.counting()));

        assertThat(shares.keySet()).containsExactlyInAnyOrder("en", "fr", "de", "es");
        assertThat(shares.values()).containsOnly(128L);
    }

    @Test
    void noTwoTrainingProblemsAreTheSameAndNoPlaceholderIsLeft() {
        List<Problem> training = problems.training(8_000).problems();

        assertThat(training.stream().map(Problem::text)).doesNotHaveDuplicates();
        assertThat(training.stream().map(Problem::text)).noneMatch(text -> text.contains("{"));
    }

    @Test
    void referencesFollowFromTheNumbers() {
        for (Arithmetic numbers : Arithmetic.all()) {
            assertThat(numbers.middle()).isBetween(0, Arithmetic.MAXIMUM);
            assertThat(numbers.result())
                    .isEqualTo(numbers.start() + numbers.first() + numbers.second())
                    .isBetween(0, Arithmetic.MAXIMUM);
        }
    }

    @Test
    void moreProblemsThanThereAreIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> problems.heldOut(1_000_000));
        assertThatIllegalArgumentException().isThrownBy(() -> problems.training(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr", "de", "es"})
    void theLanguageOfEveryProblemIsDetectable(String language) {
        OpenNlpDetector identifier = OpenNlpDetector.maskedTo(problems.languages());
        List<Problem> asked = problems.training(8_000).problems().stream()
                .filter(problem -> problem.language().equals(language))
                .toList();

        long detected = asked.stream()
                .filter(problem ->
                        identifier.identify(problem.text()).orElseThrow().equals(language))
                .count();

        assertThat((double) detected / asked.size()).isGreaterThanOrEqualTo(0.995);
    }

    /** The three numbers that a problem shows, in their order. */
    private static List<Integer> numbers(Problem problem) {
        Matcher matcher = NUMBER.matcher(problem.text());
        List<Integer> numbers = new ArrayList<>();
        while (matcher.find()) {
            numbers.add(Integer.parseInt(matcher.group()));
        }
        assertThat(numbers).hasSize(3);
        return numbers;
    }

    private List<Demonstration> demonstrations(int count) {
        Demonstrations demonstrations = new Demonstrations(problems);
        DemonstrationMix mix = new DemonstrationMix(0.5, 0.05, 0.0, 0.4);
        return Stream.generate(() -> demonstrations.next(mix)).limit(count).toList();
    }
}
