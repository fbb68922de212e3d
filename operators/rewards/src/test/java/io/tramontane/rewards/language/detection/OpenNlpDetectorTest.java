package io.tramontane.rewards.language.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenNlpDetectorTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en|The old man walked slowly down to the river because he wanted to see the boats",
                "fr|Le vieil homme descendait lentement vers la rivière parce qu'il voulait voir les bateaux",
                "de|Der alte Mann ging langsam zum Fluss hinunter weil er die Boote sehen wollte",
                "es|El anciano bajaba despacio hacia el río porque quería ver los barcos",
                "it|Il vecchio scendeva lentamente verso il fiume perché voleva vedere le barche",
                "ru|Старик медленно спускался к реке потому что хотел посмотреть на лодки",
                "zh|老人慢慢地走到河边因为他想看船",
            })
    void namesTheLanguage(String language, String text) {
        assertThat(OpenNlpDetector.maskedTo(List.of("en", "fr", "de", "es", "it", "ru", "zh"))
                        .identify(text))
                .contains(language);
    }

    @Test
    void onlyConfiguredLanguagesAreNamed() {
        String german = "Der alte Mann ging langsam zum Fluss hinunter weil er die Boote sehen wollte";

        assertThat(OpenNlpDetector.maskedTo(List.of("en", "fr")).identify(german))
                .get()
                .isIn("en", "fr");
    }

    @Test
    void emptyTextHasNoLanguage() {
        assertThat(OpenNlpDetector.maskedTo(List.of("en")).identify(" ")).isEmpty();
    }

    @Test
    void unknownLanguageIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OpenNlpDetector.maskedTo(List.of("en", "xx")))
                .withMessageContaining("'xx'");
    }
}
