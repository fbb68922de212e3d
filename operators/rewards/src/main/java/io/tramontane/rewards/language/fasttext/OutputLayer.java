package io.tramontane.rewards.language.fasttext;

/** Turns the vector of a text into a probability for each label. Immutable. */
interface OutputLayer {

    /**
     * @param hidden the text, as many elements as the model has dimensions
     * @return one probability a label; they add up to 1 unless labels were trained independently of each other
     */
    double[] probabilities(float[] hidden);

    /** The layer of a model that was trained with this loss. */
    static OutputLayer of(ModelArguments.Loss loss, Matrix output, long[] labelCounts) {
        return switch (loss) {
            case SOFTMAX -> hidden -> softmax(output, hidden);
            case NEGATIVE_SAMPLING, ONE_VERSUS_ALL -> hidden -> logistic(output, hidden);
            case HIERARCHICAL_SOFTMAX -> new LabelTree(output, labelCounts);
        };
    }

    private static double[] softmax(Matrix output, float[] hidden) {
        double[] scores = new double[output.rows()];
        double largest = Double.NEGATIVE_INFINITY;
        for (int label = 0; label < scores.length; label++) {
            scores[label] = output.dot(hidden, label);
            largest = Math.max(largest, scores[label]);
        }
        double sum = 0;
        for (int label = 0; label < scores.length; label++) {
            scores[label] = Math.exp(scores[label] - largest);
            sum += scores[label];
        }
        for (int label = 0; label < scores.length; label++) {
            scores[label] /= sum;
        }
        return scores;
    }

    private static double[] logistic(Matrix output, float[] hidden) {
        double[] probabilities = new double[output.rows()];
        for (int label = 0; label < probabilities.length; label++) {
            probabilities[label] = LogisticTable.at(output.dot(hidden, label));
        }
        return probabilities;
    }
}
