package io.tramontane.rewards.language.fasttext;

import java.io.IOException;

/** A matrix of float32, rows by columns, whole or quantized. Immutable. */
interface Matrix {

    int rows();

    int columns();

    /** Adds a row to {@code sum}, which has as many elements as the matrix has columns. */
    void addRow(float[] sum, int row);

    /** The scalar product of a row and {@code vector}. */
    float dot(float[] vector, int row);

    /** Every element is there. */
    static Matrix dense(ModelInput input) throws IOException {
        int rows = input.count("the number of rows", input.int64(), 0, Integer.MAX_VALUE);
        int columns = input.count("the number of columns", input.int64(), 1, Integer.MAX_VALUE);
        return new DenseMatrix(rows, columns, input.floats((long) rows * columns));
    }
}
