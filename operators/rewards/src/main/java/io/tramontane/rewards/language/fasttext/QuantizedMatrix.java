package io.tramontane.rewards.language.fasttext;

import java.io.IOException;

/** Rows as codes of a product quantizer, their lengths optionally apart as codes of a second one. */
final class QuantizedMatrix implements Matrix {

    private final int rows;
    private final int columns;
    private final byte[] codes;
    private final ProductQuantizer quantizer;
    /** Null where rows are quantized with their lengths. */
    private final byte[] lengthCodes;

    private final ProductQuantizer lengthQuantizer;

    QuantizedMatrix(ModelInput input) throws IOException {
        boolean lengthsApart = input.flag("the flag of quantized lengths");
        rows = input.count("the number of quantized rows", input.int64(), 0, Integer.MAX_VALUE);
        columns = input.count("the number of columns", input.int64(), 1, Integer.MAX_VALUE);
        codes = input.bytes(input.int32());
        quantizer = new ProductQuantizer(input);
        if (quantizer.dimension() != columns) {
            throw new IOException(
                    "a quantizer of " + quantizer.dimension() + " dimensions belongs to a matrix of " + columns);
        }
        if ((long) rows * quantizer.parts() != codes.length) {
            throw new IOException(codes.length + " codes do not make " + rows + " rows");
        }
        lengthCodes = lengthsApart ? input.bytes(rows) : null;
        lengthQuantizer = lengthsApart ? new ProductQuantizer(input) : null;
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
        quantizer.add(sum, codes, row, length(row));
    }

    @Override
    public float dot(float[] vector, int row) {
        return length(row) * quantizer.dot(vector, codes, row);
    }

    private float length(int row) {
        return lengthCodes == null ? 1 : lengthQuantizer.number(lengthCodes[row]);
    }
}
