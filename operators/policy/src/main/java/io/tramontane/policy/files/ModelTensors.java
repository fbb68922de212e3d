package io.tramontane.policy.files;

import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.TensorSpec;
import io.tramontane.policy.Weights;
import io.tramontane.policy.family.ModelFolderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the weights of a model from {@code model.safetensors}, or from several files that
 * {@code model.safetensors.index.json} lists. Every tensor of the files is used, or checked where it holds what is
 * known otherwise, or refuses the model.
 */
final class ModelTensors implements AutoCloseable {

    static final String WEIGHTS = "model.safetensors";
    static final String INDEX = "model.safetensors.index.json";

    private static final String EMBEDDING = "model.embed_tokens.weight";
    private static final String OUTPUT = "lm_head.weight";
    /** Frequencies that older versions of transformers stored, of every layer or of all. */
    private static final Pattern FREQUENCIES =
            Pattern.compile("model\\.(layers\\.\\d+\\.self_attn\\.)?rotary_emb\\.inv_freq");
    /** Of the largest host buffer, bytes. */
    private static final long MAXIMUM_PARAMETERS = Integer.MAX_VALUE / Float.BYTES;

    /** Of the numbers that F16 holds. */
    private static final double SMALLEST_HALF = 0x1p-24;

    private final List<TensorFile> files = new ArrayList<>();
    private final Map<String, TensorFile> places = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private ModelTensors() {}

    /**
     * The weights in a folder.
     *
     * @throws ModelFolderException with every tensor that is missing, of another shape, or of no use
     * @throws IOException when a file is missing, truncated or broken; the message names it
     */
    static Weights read(Path folder, PolicyConfig config) throws IOException {
        try (ModelTensors tensors = open(folder)) {
            return tensors.weights(config.tensors(), tensors.repeated(config), config);
        }
    }

    /** Whether the files hold the tensors that the configuration asks for, and no others; reads no values. */
    static void check(Path folder, PolicyConfig config) throws IOException {
        try (ModelTensors tensors = open(folder)) {
            tensors.check(config.tensors(), tensors.repeated(config));
        }
    }

    /**
     * How many parameters are stored in each type, after all checks of {@link #read(Path, PolicyConfig)}. Of the values
     * only those are read that repeat others.
     *
     * @throws IOException as {@link #read(Path, PolicyConfig)}
     */
    static SortedMap<String, Long> types(Path folder, PolicyConfig config) throws IOException {
        try (ModelTensors tensors = open(folder)) {
            List<TensorSpec> specs = config.tensors();
            List<TensorSpec> repeated = tensors.repeated(config);
            tensors.check(specs, repeated);
            tensors.checkSize(specs);
            for (TensorSpec spec : repeated) {
                if (spec.name().equals(OUTPUT)) {
                    tensors.compareOutput(spec, tensors.embedding(specs), 0);
                } else {
                    tensors.compareFrequencies(spec, config);
                }
            }
            tensors.refuse();
            SortedMap<String, Long> types = new TreeMap<>();
            specs.forEach(
                    spec -> types.merge(tensors.places.get(spec.name()).type(spec.name()), spec.size(), Long::sum));
            return types;
        }
    }

    private float[] embedding(List<TensorSpec> specs) throws IOException {
        TensorSpec spec = specs.stream()
                .filter(candidate -> candidate.name().equals(EMBEDDING))
                .findFirst()
                .orElseThrow();
        float[] values = new float[Math.toIntExact(spec.size())];
        places.get(EMBEDDING).read(spec, (index, value) -> values[(int) index] = value);
        return values;
    }

    /**
     * Tensors of one file, which holds these and no others.
     *
     * @throws IOException as {@link #read(Path, PolicyConfig)}
     */
    static Weights read(Path file, List<TensorSpec> specs) throws IOException {
        try (ModelTensors tensors = new ModelTensors()) {
            tensors.add(TensorFile.open(file));
            return tensors.weights(specs, List.of(), null);
        }
    }

    private static ModelTensors open(Path folder) throws IOException {
        Path single = folder.resolve(WEIGHTS);
        Path index = folder.resolve(INDEX);
        if (Files.exists(index) && Files.exists(single)) {
            throw new ModelFolderException(
                    List.of(index + " and " + single + " are both there: keep the one that holds"));
        }
        ModelTensors tensors = new ModelTensors();
        try {
            if (Files.exists(index)) {
                tensors.openAll(index);
            } else {
                tensors.add(TensorFile.open(single));
            }
            return tensors;
        } catch (IOException | RuntimeException e) {
            tensors.close();
            throw e;
        }
    }

    private void add(TensorFile file) {
        files.add(file);
        for (String name : file.names()) {
            TensorFile other = places.putIfAbsent(name, file);
            if (other != null) {
                problems.add(
                        file.file() + ": tensor " + name + " is in " + other.file() + " too: keep the one that holds");
            }
        }
    }

    private void openAll(Path index) throws IOException {
        Map<String, String> fileOf = new TreeMap<>();
        JsonNode map = PolicyFiles.readJson(index).path("weight_map");
        for (Iterator<String> names = map.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            fileOf.put(name, map.get(name).asText());
        }
        if (fileOf.isEmpty()) {
            throw new IOException(index + " lacks the object weight_map");
        }
        for (String name : new TreeSet<>(fileOf.values())) {
            Path file = index.resolveSibling(name);
            if (!index.getParent().equals(file.getParent())) {
                throw new IOException(index + " names a file outside its folder: " + name);
            }
            add(TensorFile.open(file));
        }
        places.forEach((name, file) -> {
            if (!file.file().getFileName().toString().equals(fileOf.get(name))) {
                problems.add(file.file() + ": tensor " + name + ": the index says " + fileOf.get(name));
            }
        });
        fileOf.keySet().stream()
                .filter(name -> !places.containsKey(name))
                .forEach(name -> problems.add(index + ": tensor " + name + " is not in " + fileOf.get(name)));
    }

    /** @param repeated what is in the files besides and is only compared */
    private void check(List<TensorSpec> specs, List<TensorSpec> repeated) throws ModelFolderException {
        Set<String> known = new HashSet<>();
        for (TensorSpec spec : Stream.concat(specs.stream(), repeated.stream()).toList()) {
            known.add(spec.name());
            check(spec);
        }
        for (String name : new TreeSet<>(places.keySet())) {
            if (!known.contains(name)) {
                problems.add(places.get(name).file() + ": tensor " + name
                        + ": not a tensor of this configuration; config.json or the file is of another model");
            }
        }
        refuse();
    }

    /** @param config of a model; not read where nothing is repeated */
    private Weights weights(List<TensorSpec> specs, List<TensorSpec> repeated, PolicyConfig config) throws IOException {
        check(specs, repeated);
        float[] values = new float[checkSize(specs)];
        Map<String, Integer> starts = new HashMap<>();
        int at = 0;
        for (TensorSpec spec : specs) {
            int start = at;
            starts.put(spec.name(), start);
            places.get(spec.name()).read(spec, (index, value) -> values[start + (int) index] = value);
            at += (int) spec.size();
        }
        for (TensorSpec spec : repeated) {
            if (spec.name().equals(OUTPUT)) {
                compareOutput(spec, values, starts.get(EMBEDDING));
            } else {
                compareFrequencies(spec, config);
            }
        }
        refuse();
        return new Weights(specs, values);
    }

    private int checkSize(List<TensorSpec> specs) throws ModelFolderException {
        long size = specs.stream().mapToLong(TensorSpec::size).sum();
        if (size > MAXIMUM_PARAMETERS) {
            problems.add(files.get(0).file() + ": the model has " + size + " parameters: at most " + MAXIMUM_PARAMETERS
                    + " are computed");
            refuse();
        }
        return (int) size;
    }

    private void check(TensorSpec spec) {
        TensorFile file = places.get(spec.name());
        if (file == null) {
            problems.add(files.get(0).file() + " lacks the tensor " + spec.name()
                    + ", which the configuration asks for: bring all files of the model");
        } else if (file.problem(spec) != null) {
            problems.add(file.problem(spec));
        }
    }

    /** The tensors of the files that repeat what is known otherwise. */
    private List<TensorSpec> repeated(PolicyConfig config) {
        List<TensorSpec> repeated = new ArrayList<>();
        for (String name : new TreeSet<>(places.keySet())) {
            if (name.equals(OUTPUT) && config.features().tiedEmbeddings()) {
                repeated.add(new TensorSpec(name, List.of((long) config.vocabularySize(), (long) config.hiddenSize())));
            } else if (FREQUENCIES.matcher(name).matches()) {
                repeated.add(new TensorSpec(name, List.of(config.headSize() / 2L)));
            }
        }
        return repeated;
    }

    private void compareOutput(TensorSpec spec, float[] values, int embedding) throws IOException {
        TensorFile file = places.get(spec.name());
        boolean[] equal = {true};
        file.read(spec, (index, value) -> equal[0] &= values[embedding + (int) index] == value);
        if (!equal[0]) {
            problems.add(file.file() + ": tensor " + OUTPUT + " differs from " + EMBEDDING
                    + ": if it holds, tie_word_embeddings must be false in config.json");
        }
    }

    private void compareFrequencies(TensorSpec spec, PolicyConfig config) throws IOException {
        TensorFile file = places.get(spec.name());
        double[] computed = config.features().rotary().inverseFrequencies(config.ropeTheta(), config.headSize());
        double relative = file.precision(spec.name());
        boolean[] equal = {true};
        file.read(spec, (index, value) -> {
            double expected = computed[(int) index];
            equal[0] &= Math.abs(value - expected) <= relative * expected + SMALLEST_HALF;
        });
        if (!equal[0]) {
            problems.add(file.file() + ": tensor " + spec.name()
                    + " differs from the frequencies that config.json asks for: check its keys of rotary positions");
        }
    }

    private void refuse() throws ModelFolderException {
        if (!problems.isEmpty()) {
            throw new ModelFolderException(problems);
        }
    }

    @Override
    public void close() throws IOException {
        for (TensorFile file : files) {
            file.close();
        }
    }
}
