package io.tramontane.rewards.language.fasttext;

/** Rows one behind the other. */
final class DenseMatrix implements Matrix {

    private final int rows;
    private final int columns;
    private final float[] elements;

    /** @param elements rows times columns of them */
    DenseMatrix(int rows, int columns, float[] elements) {
        this.rows = rows;
        this.columns = columns;
        this.elements = elements;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public void addRow(float[] sum, int row) {
        int start = row * columns;
        for (int column = 0; column < columns; column++) {
            sum[column] += elements[start + column];
        }
    }

    @Override
    public float dot(float[] vector, int row) {
        int start = row * columns;
        float product = 0;
        for (int column = 0; column < columns; column++) {
            product += elements[start + column] * vector[column];
        }
        return product;
    }
}
