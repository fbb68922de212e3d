package io.tramontane.rewards.language.fasttext;

import java.util.Arrays;

/**
 * Hierarchical softmax: labels are the leaves of a Huffman tree over their frequencies, each inner node decides between
 * its two sides, and a label's probability is the product of the decisions on the way to it.
 */
final class LabelTree implements OutputLayer {

    private static final long NOT_BUILT = Long.MAX_VALUE / 4;

    private final Matrix output;
    private final int labels;
    /** Children of the inner nodes, which are numbered on behind the leaves; the last one is the root. */
    private final int[] left;

    private final int[] right;

    /** @param counts of the labels, in falling order, as dictionaries have them */
    LabelTree(Matrix output, long[] counts) {
        this.output = output;
        labels = counts.length;
        left = new int[Math.max(0, labels - 1)];
        right = new int[left.length];
        long[] weights = new long[2 * labels - 1];
        Arrays.fill(weights, NOT_BUILT);
        System.arraycopy(counts, 0, weights, 0, labels);
        int leaf = labels - 1;
        int inner = labels;
        for (int node = labels; node < weights.length; node++) {
            int[] lightest = new int[2];
            for (int side = 0; side < 2; side++) {
                lightest[side] = leaf >= 0 && weights[leaf] < weights[inner] ? leaf-- : inner++;
            }
            left[node - labels] = lightest[0];
            right[node - labels] = lightest[1];
            weights[node] = weights[lightest[0]] + weights[lightest[1]];
        }
    }

    @Override
    public double[] probabilities(float[] hidden) {
        double[] ofNode = new double[2 * labels - 1];
        ofNode[ofNode.length - 1] = 1;
        // A child comes before its parent, so that going down the numbers goes down the tree.
        for (int node = ofNode.length - 1; node >= labels; node--) {
            int inner = node - labels;
            double right = 1 / (1 + Math.exp(-output.dot(hidden, inner)));
            ofNode[this.left[inner]] = ofNode[node] * (1 - right);
            ofNode[this.right[inner]] = ofNode[node] * right;
        }
        return Arrays.copyOf(ofNode, labels);
    }
}
