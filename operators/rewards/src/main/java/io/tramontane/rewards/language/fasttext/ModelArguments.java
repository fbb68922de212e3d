package io.tramontane.rewards.language.fasttext;

import java.io.IOException;

/**
 * What a model was trained with, as far as predictions depend on it.
 *
 * @param dimension of the vectors
 * @param wordGrams longest sequence of words that is a feature
 * @param loss decides how scores become probabilities
 * @param buckets rows that word and character n-grams share
 * @param minimumGram shortest character n-gram that is a feature
 * @param maximumGram longest one; 0 for none
 */
record ModelArguments(int dimension, int wordGrams, Loss loss, int buckets, int minimumGram, int maximumGram) {

    private static final int SUPERVISED = 3;
    /** Files of this version say nothing useful about character n-grams: classifiers had none. */
    private static final int VERSION_WITHOUT_SUBWORDS = 11;

    /** The training losses, in the order of their codes, from 1. */
    enum Loss {
        HIERARCHICAL_SOFTMAX,
        NEGATIVE_SAMPLING,
        SOFTMAX,
        ONE_VERSUS_ALL
    }

    static ModelArguments read(ModelInput input, int version) throws IOException {
        int dimension = input.count("the dimension", input.int32(), 1, 1 << 20);
        for (String ignored : new String[] {"window", "epochs", "minimum count", "negatives"}) {
            input.int32();
        }
        int wordGrams = input.count("the length of word n-grams", input.int32(), 0, 100);
        int loss = input.count("the code of the loss", input.int32(), 1, Loss.values().length);
        int model = input.int32();
        if (model != SUPERVISED) {
            throw new IOException("it holds word vectors, not a classifier; train one with 'fasttext supervised'");
        }
        int buckets = input.count("the number of buckets", input.int32(), 0, Integer.MAX_VALUE);
        int minimumGram = input.count("the length of character n-grams", input.int32(), 0, 1_000);
        int maximumGram = input.count("the length of character n-grams", input.int32(), 0, 1_000);
        // The rate of learning-rate updates and the threshold of frequent words matter to training alone.
        input.int32();
        input.float64();
        if (buckets == 0 && (wordGrams > 1 || maximumGram > 0)) {
            throw new IOException("it has n-grams and no buckets for them");
        }
        return new ModelArguments(
                dimension,
                wordGrams,
                Loss.values()[loss - 1],
                buckets,
                minimumGram,
                version == VERSION_WITHOUT_SUBWORDS ? 0 : maximumGram);
    }
}
