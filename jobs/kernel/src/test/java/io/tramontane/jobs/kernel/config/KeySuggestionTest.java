package io.tramontane.jobs.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeySuggestionTest {

    private static final List<String> SIBLINGS = List.of("seed", "output", "maximum-new-tokens");
    private static final List<String> PATHS = List.of("run.seed", "training.loss.clip-high");

    @ParameterizedTest
    @CsvSource({
        "run.sed,run.seed",
        "run.Seed,run.seed",
        "run.maximumNewTokens,run.maximum-new-tokens",
        "run.max_new_tokens,run.maximum-new-tokens",
        "run.clip-high,training.loss.clip-high",
        "run.clipHigh,training.loss.clip-high"
    })
    void findsTheKeyThatWasMeant(String unknown, String meant) {
        assertThat(KeySuggestion.forUnknown(unknown, SIBLINGS, PATHS)).contains(meant);
    }

    @Test
    void doesNotGuessWildly() {
        assertThat(KeySuggestion.forUnknown("run.temperature", SIBLINGS, PATHS)).isEmpty();
    }
}
