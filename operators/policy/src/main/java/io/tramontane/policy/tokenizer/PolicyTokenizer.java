package io.tramontane.policy.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * A {@code tokenizer.json} of Hugging Face's tokenizers library, read through DJL.
 *
 * <p>Thread-safe.
 */
public final class PolicyTokenizer implements AutoCloseable {

    /** Prompts and completions are assembled by us: no special tokens are added and nothing is cut or padded. */
    private static final Map<String, String> OPTIONS =
            Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

    private final HuggingFaceTokenizer tokenizer;
    private final int endOfSequence;

    private PolicyTokenizer(HuggingFaceTokenizer tokenizer, int endOfSequence) {
        this.tokenizer = tokenizer;
        this.endOfSequence = endOfSequence;
    }

    /**
     * @param endOfSequence id of the token that ends a completion
     * @throws IOException when the file is missing or no tokenizer; the message names it
     */
    public static PolicyTokenizer load(Path file, int endOfSequence) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("no tokenizer at " + file);
        }
        try {
            return new PolicyTokenizer(HuggingFaceTokenizer.newInstance(file, OPTIONS), endOfSequence);
        } catch (IOException | RuntimeException e) {
            throw new IOException(file + " is no readable tokenizer (truncated?): " + e.getMessage(), e);
        }
    }

    /**
     * Reads the content of a {@code tokenizer.json}.
     *
     * @throws IllegalArgumentException when it is no tokenizer
     */
    public static PolicyTokenizer parse(String json, int endOfSequence) {
        try (InputStream in = new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))) {
            return new PolicyTokenizer(HuggingFaceTokenizer.newInstance(in, OPTIONS), endOfSequence);
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("not the content of a tokenizer.json: " + e.getMessage(), e);
        }
    }

    public int[] encode(String text) {
        long[] ids = tokenizer.encode(text, false, false).getIds();
        return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
    }

    /** The text of the tokens, special ones included. */
    public String decode(int[] tokens) {
        return tokenizer.decode(Arrays.stream(tokens).asLongStream().toArray(), false);
    }

    public int endOfSequence() {
        return endOfSequence;
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
