package io.tramontane.policy.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BytePairTrainerTest {

    private static final List<String> CORPUS = Collections.nCopies(
            20, "Paul hat 12 Äpfel, kauft 7 dazu. <think>12 + 7 = 19</think>\\boxed{19} Où sont les élèves ?");

    private final String json = new BytePairTrainer(420, List.of("<think>", "</think>")).train(CORPUS);

    @Test
    void anyTextComesBack() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        try (PolicyTokenizer tokenizer = tokenizer()) {
            for (int i = 0; i < 200; i++) {
                StringBuilder text = new StringBuilder();
                int length = 1 + random.nextInt(30);
                for (int c = 0; c < length; c++) {
                    text.appendCodePoint(
                            random.nextInt(4) == 0 ? 0x4e00 + random.nextInt(999) : ' ' + random.nextInt(300));
                }
                assertThat(tokenizer.decode(tokenizer.encode(text.toString()))).isEqualTo(text.toString());
            }
        }
    }

    @Test
    void wholeTokensAndFrequentWordsAreOneToken() throws IOException {
        try (PolicyTokenizer tokenizer = tokenizer()) {
            assertThat(tokenizer.encode("<think>")).hasSize(1);
            assertThat(tokenizer.encode("</think>")).hasSize(1);
            assertThat(tokenizer.encode(" Äpfel")).hasSize(1);
            assertThat(tokenizer.encode(BytePairTrainer.END_OF_SEQUENCE))
                    .containsExactly(BytePairTrainer.endOfSequence());
        }
    }

    @Test
    void theSameCorpusGivesTheSameTokenizer() {
        assertThat(new BytePairTrainer(420, List.of("<think>", "</think>")).train(CORPUS))
                .isEqualTo(json);
    }

    @Test
    void aVocabularyWithoutRoomForAllBytesIsRefused() {
        assertThatThrownBy(() -> new BytePairTrainer(200, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("257");
    }

    private PolicyTokenizer tokenizer() throws IOException {
        return PolicyTokenizer.parse(json, BytePairTrainer.endOfSequence());
    }
}
