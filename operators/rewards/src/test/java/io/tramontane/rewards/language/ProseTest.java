package io.tramontane.rewards.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProseTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "So 3 + 4 = 7 apples.|So apples",
                "The area $\\pi r^2$ grows|The area grows",
                "It costs $5 and then $6 more|It costs and then more",
                "Thus \\(a + b\\) and \\[x = y\\] hold|Thus and hold",
                "we get \\boxed{\\text{the dog}} here|we get here",
                "a \\frac{\\sqrt{abc}}{def} b|a b",
                "use \\alpha now|use now",
                "call `print(hello)` now|call now",
                "see https://example.org/page now|see now",
                "\\begin{align}where it holds\\end{align} yes|yes",
                "aujourd'hui c’est l'été|aujourd'hui c’est l'été",
                "<<3+4=7>>7 apples|apples",
            })
    void keepsOnlyProse(String text, String prose) {
        assertThat(Prose.of(text)).isEqualTo(prose);
    }

    @Test
    void fencedCodeIsRemovedEvenWhenItNeverEnds() {
        assertThat(Prose.of("first\n```java\nint hello;\n```\nlast")).isEqualTo("first last");
        assertThat(Prose.of("first\n```java\nint hello;")).isEqualTo("first");
    }

    @Test
    void longTextIsSampledInWindowsSpreadOverIt() {
        String text = "alpha ".repeat(1_000)
                + "beta ".repeat(1_000)
                + "gamma ".repeat(1_000).strip();

        String sample = Prose.sample(text, 300, 6);

        assertThat(sample.length()).isBetween(220, 310);
        assertThat(sample.split(" ")).containsOnly("alpha", "beta", "gamma");
        assertThat(sample).startsWith("alpha").contains("beta").endsWith("gamma");
        assertThat(Prose.sample("short text", 300, 6)).isEqualTo("short text");
    }

    @Test
    void aTextWithoutSpacesIsSampledToo() {
        assertThat(Prose.sample("老".repeat(5_000), 400, 4)).hasSizeBetween(400, 404);
        assertThat(Prose.sample("ab".repeat(5_000), 1, 8)).isNotEmpty();
    }

    @Test
    void eastAsianCharactersCountForThree() {
        assertThat(Prose.letters("an ox")).isEqualTo(4);
        assertThat(Prose.letters("老人と海")).isEqualTo(12);
    }

    @Test
    void hostileTextsAreCheap() {
        assertThat(Prose.of("\\a{".repeat(20_000))).isNotNull();
        assertThat(Prose.of("\\a" + " ".repeat(50_000) + "b")).endsWith("b");
        assertThat(Prose.of("$".repeat(20_000))).isEmpty();
    }
}
