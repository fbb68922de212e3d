package io.tramontane.rewards.language.fasttext;

import java.io.IOException;

/**
 * Codes of one byte for parts of a vector: the vector is cut into parts of equal length (the last may be shorter), and
 * each part is the nearest of 256 centroids of its own (Jégou et al., Product quantization for nearest neighbor
 * search).
 */
final class ProductQuantizer {

    private static final int CENTROIDS = 256;

    private final int dimension;
    private final int parts;
    private final int partLength;
    private final int lastPartLength;
    private final float[] centroids;

    ProductQuantizer(ModelInput input) throws IOException {
        dimension = input.count("the dimension of a quantizer", input.int32(), 1, Integer.MAX_VALUE);
        parts = input.count("the number of parts of a quantizer", input.int32(), 1, dimension);
        partLength = input.count("the length of a part of a quantizer", input.int32(), 1, dimension);
        lastPartLength = input.count("the length of the last part of a quantizer", input.int32(), 1, partLength);
        if ((long) (parts - 1) * partLength + lastPartLength != dimension) {
            throw new IOException("the parts of a quantizer do not add up to its dimension " + dimension);
        }
        centroids = input.floats((long) dimension * CENTROIDS);
    }

    int dimension() {
        return dimension;
    }

    int parts() {
        return parts;
    }

    /** Adds the vector of {@code row}, times {@code scale}. */
    void add(float[] sum, byte[] codes, int row, float scale) {
        for (int part = 0; part < parts; part++) {
            int centroid = centroid(part, codes[row * parts + part] & 0xff);
            int start = part * partLength;
            for (int i = 0; i < length(part); i++) {
                sum[start + i] += scale * centroids[centroid + i];
            }
        }
    }

    /** The scalar product of the vector of {@code row} and {@code vector}. */
    float dot(float[] vector, byte[] codes, int row) {
        float product = 0;
        for (int part = 0; part < parts; part++) {
            int centroid = centroid(part, codes[row * parts + part] & 0xff);
            int start = part * partLength;
            for (int i = 0; i < length(part); i++) {
                product += vector[start + i] * centroids[centroid + i];
            }
        }
        return product;
    }

    /** The first element of a centroid, for a quantizer of single numbers. */
    float number(byte code) {
        return centroids[centroid(0, code & 0xff)];
    }

    private int length(int part) {
        return part == parts - 1 ? lastPartLength : partLength;
    }

    private int centroid(int part, int code) {
        return part * CENTROIDS * partLength + code * length(part);
    }
}
