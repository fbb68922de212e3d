package io.tramontane.rewards.language.fasttext;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The words and labels of a model, and which rows of the input matrix a text stands for: its words, the character
 * n-grams of the words, and its word n-grams, the latter two hashed into buckets. Texts are bytes, one a character of a
 * string, as in the file. Immutable.
 */
final class Dictionary {

    /** Stands behind every line. */
    private static final String END_OF_LINE = "</s>";

    private static final String LABEL_PREFIX = "__label__";
    private static final byte LABEL = 1;
    /** At least: the zero behind a word, its count and its kind. */
    private static final int ENTRY_BYTES = 1 + Long.BYTES + 1;

    private static final int HASH_START = 0x811c9dc5;
    private static final int HASH_FACTOR = 0x01000193;
    private static final long WORD_GRAM_FACTOR = 116_049_371L;
    /** A continuation byte of UTF-8 is 10xxxxxx. */
    private static final int CONTINUATION_MASK = 0xc0;

    private static final int CONTINUATION = 0x80;

    private final ModelArguments arguments;
    private final Map<String, Integer> wordIds = new HashMap<>();
    private final List<String> labels = new ArrayList<>();
    private final long[] labelCounts;
    private final int words;
    /** Buckets that were kept and where; null when all were. */
    private final Map<Integer, Integer> keptBuckets;

    Dictionary(ModelInput input, ModelArguments arguments) throws IOException {
        this.arguments = arguments;
        int size = input.count("the size of the dictionary", input.int32(), ENTRY_BYTES);
        words = input.count("the number of words", input.int32(), 0, size);
        int labelCount = input.count("the number of labels", input.int32(), 1, size);
        if (words + labelCount != size) {
            throw new IOException(words + " words and " + labelCount + " labels do not make " + size + " entries");
        }
        input.int64();
        long kept = input.int64();
        labelCounts = new long[labelCount];
        for (int id = 0; id < size; id++) {
            String word = input.word();
            long count = input.int64();
            boolean label = input.int8() == LABEL;
            if (label != id >= words) {
                throw new IOException("words and labels are mixed");
            }
            if (label) {
                labelCounts[id - words] = count;
                String text = ModelInput.asText(word);
                labels.add(text.startsWith(LABEL_PREFIX) ? text.substring(LABEL_PREFIX.length()) : text);
            } else {
                wordIds.put(word, id);
            }
        }
        keptBuckets = kept < 0 ? null : new HashMap<>();
        int pairs = input.count("the number of kept buckets", Math.max(0, kept), 2 * Integer.BYTES);
        for (int i = 0; i < pairs; i++) {
            keptBuckets.put(input.int32(), input.count("a bucket", input.int32(), 0, pairs - 1));
        }
    }

    boolean pruned() {
        return keptBuckets != null;
    }

    /** Rows that the input matrix must have. */
    long inputRows() {
        return words + (long) (pruned() ? keptBuckets.size() : arguments.buckets());
    }

    /** Without the prefix that marks them in training data. */
    List<String> labels() {
        return labels;
    }

    /** How often each label occurred in training. */
    long[] labelCounts() {
        return labelCounts;
    }

    /** The rows of a line of text; a row may come several times. */
    int[] rows(String line) {
        Rows rows = new Rows();
        List<Integer> hashes = new ArrayList<>();
        for (String token : (line + " " + END_OF_LINE).split("[ \n\r\t\u000b\f\0]+")) {
            if (token.isEmpty() || token.startsWith(LABEL_PREFIX)) {
                continue;
            }
            hashes.add(hash(token, 0, token.length()));
            Integer id = wordIds.get(token);
            if (id != null) {
                rows.add(id);
            }
            if (arguments.maximumGram() > 0 && !token.equals(END_OF_LINE)) {
                addCharacterGrams(rows, "<" + token + ">");
            }
        }
        addWordGrams(rows, hashes);
        return rows.toArray();
    }

    private void addCharacterGrams(Rows rows, String word) {
        for (int start = 0; start < word.length(); start++) {
            if (continues(word, start)) {
                continue;
            }
            int end = start;
            for (int length = 1; end < word.length() && length <= arguments.maximumGram(); length++) {
                end++;
                while (end < word.length() && continues(word, end)) {
                    end++;
                }
                boolean lonelyBoundary = length == 1 && (start == 0 || end == word.length());
                if (length >= arguments.minimumGram() && !lonelyBoundary) {
                    addBucket(rows, Integer.toUnsignedLong(hash(word, start, end)));
                }
            }
        }
    }

    private static boolean continues(String word, int index) {
        return (word.charAt(index) & CONTINUATION_MASK) == CONTINUATION;
    }

    /** Hashes are signed when they are combined and the result is not. */
    private void addWordGrams(Rows rows, List<Integer> hashes) {
        for (int start = 0; start < hashes.size(); start++) {
            long combined = hashes.get(start);
            for (int next = start + 1; next < hashes.size() && next < start + arguments.wordGrams(); next++) {
                combined = combined * WORD_GRAM_FACTOR + hashes.get(next);
                addBucket(rows, combined);
            }
        }
    }

    private void addBucket(Rows rows, long unsignedHash) {
        int bucket = (int) Long.remainderUnsigned(unsignedHash, arguments.buckets());
        if (keptBuckets == null) {
            rows.add(words + bucket);
            return;
        }
        Integer kept = keptBuckets.get(bucket);
        if (kept != null) {
            rows.add(words + kept);
        }
    }

    /** FNV-1a over bytes that are signed: those from 128 on fill the upper bits with ones. */
    private static int hash(String bytes, int from, int to) {
        int hash = HASH_START;
        for (int i = from; i < to; i++) {
            hash = (hash ^ (byte) bytes.charAt(i)) * HASH_FACTOR;
        }
        return hash;
    }

    /** A list of numbers that grows. */
    private static final class Rows {
        private int[] elements = new int[256];
        private int size;

        void add(int row) {
            if (size == elements.length) {
                elements = Arrays.copyOf(elements, 2 * size);
            }
            elements[size++] = row;
        }

        int[] toArray() {
            return Arrays.copyOf(elements, size);
        }
    }
}
