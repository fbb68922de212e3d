package io.tramontane.rewards.language.fasttext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tramontane.rewards.language.SampleTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our reader against the fastText program, on models that the program has just trained. */
class FastTextModelTest {

    private static final double TOLERANCE = 1e-4;
    private static final String[] SMALL = {"-dim", "10", "-epoch", "5", "-bucket", "5000", "-minn", "2", "-maxn", "4"};

    @TempDir
    private Path directory;

    private FastTextProgram program;

    @BeforeEach
    void trainingData() throws IOException, InterruptedException {
        program = FastTextProgram.in(directory);
        program.writeTrainingData();
    }

    @Test
    void softmaxOverWords() throws Exception {
        check(program.train("words", "-dim", "8", "-epoch", "3", "-loss", "softmax"));
    }

    @Test
    void softmaxOverCharacterGrams() throws Exception {
        check(program.train("grams", with(SMALL, "-loss", "softmax")));
    }

    @Test
    void hierarchicalSoftmaxOverWordAndCharacterGrams() throws Exception {
        check(program.train("tree", with(SMALL, "-loss", "hs", "-wordNgrams", "3")));
    }

    @Test
    void independentLabels() throws Exception {
        check(program.train("ova", with(SMALL, "-loss", "ova", "-lr", "0.5")));
        check(program.train("ns", with(SMALL, "-loss", "ns", "-lr", "0.5", "-wordNgrams", "2")));
    }

    @Test
    void quantizedModels() throws Exception {
        for (String loss : List.of("softmax", "hs")) {
            program.train("q-" + loss, with(SMALL, "-loss", loss, "-wordNgrams", "2"));
            check(program.quantize("q-" + loss));
            check(program.quantize("q-" + loss, "-qnorm"));
            check(program.quantize("q-" + loss, "-cutoff", "2000", "-qnorm"));
        }
        // An output of fewer than 256 labels cannot be quantized by the program itself.
        program.train("parts", "-dim", "9", "-epoch", "2", "-bucket", "3000", "-minn", "3", "-maxn", "3");
        check(program.quantize("parts", "-dsub", "4", "-cutoff", "1500"));
    }

    @Test
    void aTruncatedFileIsOneClearError() throws Exception {
        program.train("whole", with(SMALL, "-loss", "hs"));
        for (Path file :
                List.of(directory.resolve("whole.bin"), program.quantize("whole", "-qnorm", "-cutoff", "1000"))) {
            byte[] whole = Files.readAllBytes(file);
            Path part = directory.resolve("part.bin");
            Random random = new Random(3);
            IntStream lengths = IntStream.concat(
                    IntStream.of(0, 3, 8, 40, 64, 100, whole.length - 1),
                    IntStream.generate(() -> random.nextInt(whole.length)).limit(60));
            for (int length : lengths.toArray()) {
                Files.write(part, Arrays.copyOf(whole, length));
                assertThatThrownBy(() -> FastTextModel.load(part))
                        .as("%d of %d bytes", length, whole.length)
                        .isInstanceOf(FastTextFormatException.class)
                        .hasMessage("the fastText model " + part + " cannot be used: the file is cut off");
            }
        }
    }

    @Test
    void aDamagedFileIsAnErrorOrAnotherModel() throws Exception {
        Path file = program.train("whole", with(SMALL, "-loss", "hs"));
        byte[] whole = Files.readAllBytes(file);
        Path damaged = directory.resolve("damaged.bin");
        Random random = new Random(4);
        for (int i = 0; i < 200; i++) {
            byte[] bytes = whole.clone();
            // Most bytes are elements of matrices, so that a change in front is the more telling one.
            bytes[random.nextInt(i < 150 ? 400 : bytes.length)] = (byte) random.nextInt();
            Files.write(damaged, bytes);
            try {
                FastTextModel.load(damaged).probabilities("the old fisherman");
            } catch (FastTextFormatException e) {
                assertThat(e).hasMessageStartingWith("the fastText model ").hasMessageNotContaining("\n");
            }
        }
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        assertThatThrownBy(() -> FastTextModel.load(directory.resolve("none")))
                .isInstanceOf(FastTextFormatException.class)
                .hasMessage("there is no fastText model at " + directory.resolve("none"));
        Path text = Files.writeString(directory.resolve("text"), "just some text, longer than a header");
        assertThatThrownBy(() -> FastTextModel.load(text)).hasMessageContaining("does not begin like a fastText model");
    }

    @Test
    void wordVectorsAreNoClassifier() throws Exception {
        Path vectors = program.vectors("vectors");
        assertThatThrownBy(() -> FastTextModel.load(vectors)).hasMessageContaining("it holds word vectors");
    }

    @Test
    void aModelOfLanguagesIsADetector() throws Exception {
        Path model = program.train("languages", with(SMALL, "-loss", "softmax", "-lr", "0.5"));
        FastTextDetector detector = FastTextDetector.of(model, List.of("de", "en", "zh"));

        assertThat(detector.identify("The old fisherman waited for the last bus because it was getting colder"))
                .contains("en");
        assertThat(detector.identify("Der alte Fischer wartete auf den letzten Bus, denn es wurde kälter"))
                .contains("de");
        assertThatThrownBy(() -> FastTextDetector.of(model, List.of("en", "sv")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no label 'sv'");
    }

    private void check(Path file) throws IOException, InterruptedException {
        FastTextModel model = FastTextModel.load(file);
        List<String> lines = lines();
        List<String> expected = program.predict(file, lines, 3);
        assertThat(expected).hasSameSizeAs(lines);
        for (int i = 0; i < lines.size(); i++) {
            double[] probabilities = model.probabilities(lines.get(i)).orElseThrow();
            String[] told = expected.get(i).split(" ");
            Integer[] order = order(probabilities);
            for (int rank = 0; 2 * rank < told.length; rank++) {
                String label = told[2 * rank].substring("__label__".length());
                double probability = Double.parseDouble(told[2 * rank + 1]);
                int ours = model.labels().indexOf(label);
                assertThat(probabilities[ours])
                        .as("%s of '%s' in %s", label, lines.get(i), file.getFileName())
                        .isCloseTo(probability, within(TOLERANCE));
                // Labels of equal probability may change places.
                assertThat(probabilities[order[rank]]).isCloseTo(probability, within(TOLERANCE));
            }
        }
    }

    private static Integer[] order(double[] probabilities) {
        Integer[] order = IntStream.range(0, probabilities.length).boxed().toArray(Integer[]::new);
        Arrays.sort(
                order,
                Comparator.comparingDouble((Integer label) -> probabilities[label])
                        .reversed());
        return order;
    }

    /** Texts of every language, words that the models have never seen, labels in a text, odd spaces and bytes. */
    private static List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(
                "unheardof wörter здесь 未知",
                "__label__en the old\tfisherman  waited",
                "a",
                "",
                "x̧ 🙂 naïve co\u00f6perate the"));
        SampleTexts texts = SampleTexts.load();
        for (String language : texts.languages()) {
            for (int i = 0; i < texts.of(language).size(); i += 25) {
                lines.add(texts.of(language).get(i));
            }
        }
        return lines;
    }

    private static String[] with(String[] options, String... more) {
        String[] all = Arrays.copyOf(options, options.length + more.length);
        System.arraycopy(more, 0, all, options.length, more.length);
        return all;
    }
}
