package io.tramontane.rewards.language.fasttext;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A supervised fastText model (Joulin et al., Bag of Tricks for Efficient Text Classification): a text is the mean of
 * the vectors of its words and n-grams, and a linear layer over it gives the probabilities of the labels.
 *
 * <p>Reads what {@code fasttext supervised} and {@code fasttext quantize} write, versions 11 and 12 of the format, with
 * any loss. Immutable and thread-safe.
 */
public final class FastTextModel {

    private static final int MAGIC = 793_712_314;
    private static final int OLDEST_VERSION = 11;
    private static final int NEWEST_VERSION = 12;

    private final Dictionary dictionary;
    private final Matrix input;
    private final OutputLayer output;

    private FastTextModel(ModelInput file) throws IOException {
        if (file.int32() != MAGIC) {
            throw new IOException("it does not begin like a fastText model");
        }
        int version = file.int32();
        if (version < OLDEST_VERSION || version > NEWEST_VERSION) {
            throw new IOException("version " + version + " of the format is not known; " + OLDEST_VERSION + " and "
                    + NEWEST_VERSION + " are");
        }
        ModelArguments arguments = ModelArguments.read(file, version);
        dictionary = new Dictionary(file, arguments);
        boolean quantized = file.flag("the flag of quantization");
        if (!quantized && dictionary.pruned()) {
            throw new IOException("its dictionary is pruned and its matrix is not quantized");
        }
        input = quantized ? new QuantizedMatrix(file) : Matrix.dense(file);
        boolean outputQuantized = file.flag("the flag of a quantized output") && quantized;
        Matrix outputMatrix = outputQuantized ? new QuantizedMatrix(file) : Matrix.dense(file);
        require(input, "input", dictionary.inputRows(), arguments.dimension());
        require(outputMatrix, "output", dictionary.labels().size(), arguments.dimension());
        if (file.remaining() > 0) {
            throw new IOException(file.remaining() + " bytes follow the model");
        }
        output = OutputLayer.of(arguments.loss(), outputMatrix, dictionary.labelCounts());
    }

    private static void require(Matrix matrix, String name, long rows, int columns) throws IOException {
        if (matrix.rows() < rows || matrix.columns() != columns) {
            throw new IOException("its " + name + " matrix has " + matrix.rows() + " rows and " + matrix.columns()
                    + " columns, not " + rows + " and " + columns);
        }
    }

    /**
     * Reads a model file.
     *
     * @throws FastTextFormatException if there is none or it cannot be used
     */
    public static FastTextModel load(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            return new FastTextModel(new ModelInput(stream, Files.size(file)));
        } catch (NoSuchFileException e) {
            throw new FastTextFormatException("there is no fastText model at " + file, e);
        } catch (IOException e) {
            throw new FastTextFormatException("the fastText model " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** The labels, without the prefix {@code __label__}. */
    public List<String> labels() {
        return List.copyOf(dictionary.labels());
    }

    /**
     * The probability of each label, in the order of {@link #labels()}; empty if no word or n-gram of the text is
     * known.
     *
     * @param text one line
     */
    public Optional<double[]> probabilities(String text) {
        int[] rows = dictionary.rows(ModelInput.asBytes(text));
        if (rows.length == 0) {
            return Optional.empty();
        }
        float[] hidden = new float[input.columns()];
        for (int row : rows) {
            input.addRow(hidden, row);
        }
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] /= rows.length;
        }
        return Optional.of(output.probabilities(hidden));
    }
}
