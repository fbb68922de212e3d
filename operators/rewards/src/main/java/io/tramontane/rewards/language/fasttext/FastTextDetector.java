package io.tramontane.rewards.language.fasttext;

import io.tramontane.rewards.language.detection.LanguageDetector;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A fastText model whose labels are languages, its answer masked to the languages that can occur. Thread-safe.
 *
 * <p>Labels are ISO 639-1 codes, as in the models that fastText offers for download.
 */
public final class FastTextDetector implements LanguageDetector {

    private final FastTextModel model;
    private final List<String> languages;
    private final int[] labels;

    private FastTextDetector(FastTextModel model, List<String> languages, int[] labels) {
        this.model = model;
        this.languages = languages;
        this.labels = labels;
    }

    /**
     * A detector that chooses among these languages.
     *
     * @param languages ISO 639-1 codes
     * @throws FastTextFormatException if the file cannot be used
     * @throws IllegalArgumentException if it has no label for one of the languages
     */
    public static FastTextDetector of(Path modelFile, List<String> languages) {
        FastTextModel model = FastTextModel.load(modelFile);
        List<String> known = model.labels();
        int[] labels = new int[languages.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = known.indexOf(languages.get(i));
            if (labels[i] < 0) {
                throw new IllegalArgumentException(
                        "the fastText model " + modelFile + " has no label '" + languages.get(i)
                                + "'; it has "
                                + known.stream().sorted().limit(200).toList());
            }
        }
        return new FastTextDetector(model, List.copyOf(languages), labels);
    }

    @Override
    public Optional<String> identify(String prose) {
        return model.probabilities(prose).map(probabilities -> {
            int best = 0;
            for (int i = 1; i < labels.length; i++) {
                if (probabilities[labels[i]] > probabilities[labels[best]]) {
                    best = i;
                }
            }
            return languages.get(best);
        });
    }
}
