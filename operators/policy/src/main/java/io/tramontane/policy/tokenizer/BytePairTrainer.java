package io.tramontane.policy.tokenizer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Trains a byte-level byte-pair tokenizer (Sennrich et al., "Neural Machine Translation of Rare Words with Subword
 * Units"; bytes as in GPT-2) and writes it as Hugging Face's {@code tokenizer.json}. DJL's tokenizers load such files
 * but cannot train them.
 *
 * <p>Numbers are cut into pairs of digits before pairs of bytes are counted, so small numbers become tokens of their
 * own, which makes their arithmetic a matter of looking up.
 *
 * <p>Deterministic: ties between pairs go to the lexicographically smaller one.
 */
public final class BytePairTrainer {

    /** Ends a completion. */
    public static final String END_OF_SEQUENCE = "<|end|>";

    private static final Pattern WORDS =
            Pattern.compile(" ?\\p{N}{1,2}| ?\\p{L}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+");
    private static final int BYTES = 256;

    private final int vocabularySize;
    private final List<String> wholeTokens;

    /**
     * @param vocabularySize all tokens together
     * @param wholeTokens texts that are always one token, such as {@code <think>}
     */
    public BytePairTrainer(int vocabularySize, List<String> wholeTokens) {
        if (vocabularySize < BYTES + 1 + wholeTokens.size()) {
            throw new IllegalArgumentException("a byte-level vocabulary needs at least "
                    + (BYTES + 1 + wholeTokens.size()) + " tokens, not " + vocabularySize);
        }
        this.vocabularySize = vocabularySize;
        this.wholeTokens = List.copyOf(wholeTokens);
    }

    /** Id of {@link #END_OF_SEQUENCE} in every tokenizer trained here. */
    public static int endOfSequence() {
        return 0;
    }

    /** The content of a {@code tokenizer.json}. */
    public String train(Iterable<String> corpus) {
        List<Word> words = countWords(corpus);
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        vocabulary.put(END_OF_SEQUENCE, vocabulary.size());
        wholeTokens.forEach(token -> vocabulary.put(token, vocabulary.size()));
        for (int b = 0; b < BYTES; b++) {
            // A whole token of one printable byte is that byte's token already.
            vocabulary.putIfAbsent(symbolOf(b), vocabulary.size());
        }
        List<Pair> merges = new ArrayList<>();
        while (vocabulary.size() < vocabularySize) {
            Pair best = mostFrequentPair(words);
            if (best == null) {
                break;
            }
            merges.add(best);
            // Different merges can make the same token; it is one entry of the vocabulary.
            vocabulary.putIfAbsent(best.left() + best.right(), vocabulary.size());
            words.forEach(word -> word.merge(best));
        }
        return json(vocabulary, merges);
    }

    private List<Word> countWords(Iterable<String> corpus) {
        Map<String, Long> counts = new TreeMap<>();
        String whole = String.join("|", wholeTokens.stream().map(Pattern::quote).toList());
        for (String text : corpus) {
            for (String part : wholeTokens.isEmpty() ? new String[] {text} : text.split(whole)) {
                Matcher matcher = WORDS.matcher(part);
                while (matcher.find()) {
                    counts.merge(matcher.group(), 1L, Long::sum);
                }
            }
        }
        List<Word> words = new ArrayList<>();
        counts.forEach((word, count) -> words.add(new Word(symbolsOf(word), count)));
        return words;
    }

    private static Pair mostFrequentPair(List<Word> words) {
        Map<Pair, Long> counts = new HashMap<>();
        for (Word word : words) {
            for (int i = 0; i + 1 < word.symbols.size(); i++) {
                counts.merge(new Pair(word.symbols.get(i), word.symbols.get(i + 1)), word.count, Long::sum);
            }
        }
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() > 1)
                .max(Map.Entry.<Pair, Long>comparingByValue()
                        .thenComparing(Map.Entry::getKey, Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    private static List<String> symbolsOf(String word) {
        List<String> symbols = new ArrayList<>();
        for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
            symbols.add(symbolOf(b & 0xff));
        }
        return symbols;
    }

    /** GPT-2's printable stand-in for a byte: itself where it is printable, else a letter from U+0100 on. */
    private static String symbolOf(int b) {
        if (printable(b)) {
            return String.valueOf((char) b);
        }
        int before = 0;
        for (int other = 0; other < b; other++) {
            before += printable(other) ? 0 : 1;
        }
        return String.valueOf((char) (0x100 + before));
    }

    private static boolean printable(int b) {
        return (b >= '!' && b <= '~') || (b >= 0xa1 && b <= 0xac) || (b >= 0xae && b <= 0xff);
    }

    private String json(Map<String, Integer> vocabulary, List<Pair> merges) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("version", "1.0");
        root.putNull("truncation");
        root.putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        addedToken(added, vocabulary, END_OF_SEQUENCE, true);
        wholeTokens.forEach(token -> addedToken(added, vocabulary, token, false));
        root.putNull("normalizer");
        ObjectNode preTokenizer = root.putObject("pre_tokenizer");
        preTokenizer.put("type", "Sequence");
        ArrayNode preTokenizers = preTokenizer.putArray("pretokenizers");
        ObjectNode split = preTokenizers.addObject();
        split.put("type", "Split");
        split.putObject("pattern").put("Regex", WORDS.pattern());
        split.put("behavior", "Isolated");
        split.put("invert", false);
        byteLevel(preTokenizers.addObject());
        root.putNull("post_processor");
        byteLevel(root.putObject("decoder"));
        ObjectNode model = root.putObject("model");
        model.put("type", "BPE");
        model.putNull("dropout");
        model.putNull("unk_token");
        model.putNull("continuing_subword_prefix");
        model.putNull("end_of_word_suffix");
        model.put("fuse_unk", false);
        model.put("byte_fallback", false);
        ObjectNode ids = model.putObject("vocab");
        vocabulary.forEach(ids::put);
        ArrayNode pairs = model.putArray("merges");
        merges.forEach(merge -> pairs.add(merge.left() + " " + merge.right()));
        return root.toString();
    }

    private static void addedToken(ArrayNode added, Map<String, Integer> vocabulary, String token, boolean special) {
        ObjectNode node = added.addObject();
        node.put("id", vocabulary.get(token));
        node.put("content", token);
        node.put("single_word", false);
        node.put("lstrip", false);
        node.put("rstrip", false);
        node.put("normalized", false);
        node.put("special", special);
    }

    private static void byteLevel(ObjectNode node) {
        node.put("type", "ByteLevel");
        node.put("add_prefix_space", false);
        node.put("trim_offsets", false);
        node.put("use_regex", false);
    }

    private record Pair(String left, String right) implements Comparable<Pair> {
        @Override
        public int compareTo(Pair other) {
            int byLeft = left.compareTo(other.left);
            return byLeft != 0 ? byLeft : right.compareTo(other.right);
        }
    }

    /** A distinct word of the corpus and how often it occurs. */
    private static final class Word {
        private List<String> symbols;
        private final long count;

        Word(List<String> symbols, long count) {
            this.symbols = symbols;
            this.count = count;
        }

        void merge(Pair pair) {
            List<String> merged = new ArrayList<>(symbols.size());
            for (int i = 0; i < symbols.size(); i++) {
                boolean match = i + 1 < symbols.size()
                        && symbols.get(i).equals(pair.left())
                        && symbols.get(i + 1).equals(pair.right());
                merged.add(match ? pair.left() + pair.right() : symbols.get(i));
                i += match ? 1 : 0;
            }
            symbols = merged;
        }
    }
}
