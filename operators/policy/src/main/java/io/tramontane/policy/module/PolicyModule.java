package io.tramontane.policy.module;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.tramontane.policy.DecoderFeatures;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.RotaryScaling;
import io.tramontane.policy.TensorSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The transformer as a TorchScript module loaded into PyTorch through DJL. One call runs a whole micro-batch or decode
 * step, where DJL's NDArray operations would take hundreds of calls through JNI.
 *
 * <p>The module holds no weights: they are an argument of every call, so that swaps and snapshots are the caller's.
 *
 * <p>Not thread-safe: each owner (trainer, generator) creates its own, in the thread that uses it.
 */
public final class PolicyModule implements AutoCloseable {

    /** The parts of the one class, in order: the first begins it. That of windows is added where a model has them. */
    private static final List<String> SOURCES = List.of(
            "decoder.torchscript",
            "training.torchscript",
            "arithmetic1.torchscript",
            "optimizer.torchscript",
            "sampling.torchscript");

    private static final String WINDOWS = "windows.torchscript";

    private static final Pattern CONDITION = Pattern.compile("\\s*#(if|unless) (\\w+)$");
    private static final Pattern PLACE = Pattern.compile("\\{\\{([\\w.]+)}}");

    static {
        // Read once, when PyTorch is loaded. One thread a caller: trainer and generator share few cores, and sums whose
        // order depends on a thread pool would not be reproducible.
        System.setProperty("ai.djl.pytorch.num_threads", "1");
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        // The executor that specialises for shapes recompiles at every new one, which costs seconds at the start, and
        // may change results between a first and a later call.
        System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
    }

    private static final Set<PolicyModule> OPEN = ConcurrentHashMap.newKeySet();

    private final Model model;
    private final Block block;
    private final NDManager manager;
    private final ParameterStore noParameters;
    private final Map<String, NDArray> methodNames = new HashMap<>();

    public PolicyModule(PolicyConfig config) {
        model = Model.newInstance("policy", Device.cpu(), "PyTorch");
        try {
            model.load(new ByteArrayInputStream(TorchScriptArchive.pack(source(config))), null);
        } catch (IOException | MalformedModelException e) {
            model.close();
            throw new IllegalStateException("PyTorch refused the policy's module: " + e.getMessage(), e);
        }
        block = model.getBlock();
        manager = model.getNDManager().newSubManager();
        noParameters = new ParameterStore(manager, false);
        OPEN.add(this);
    }

    /** Owner of the arrays that live as long as the module. */
    public NDManager manager() {
        return manager;
    }

    /**
     * Calls a method of the module.
     *
     * @param scope owner of the results, which are an array, or several by the names that the method gives them
     * @param method its name
     * @param gradients whether the method differentiates
     * @param arguments in the order of the method's signature: an {@link NDArray}, an {@link NDList} for a list of
     *     tensors, or a map of numbers by name
     */
    public NDList call(NDManager scope, String method, boolean gradients, Object... arguments) {
        NDList inputs = new NDList();
        for (int index = 0; index < arguments.length; index++) {
            add(inputs, scope, "argument" + index, arguments[index]);
        }
        inputs.add(methodNames.computeIfAbsent(method, this::methodName));
        NDList results = block.forward(noParameters, inputs, gradients);
        // They come with the manager of the first argument, which may live much longer.
        results.attach(scope);
        return results;
    }

    /** DJL tells a list from single arrays, and a map from both, by the names of the arrays. */
    private static void add(NDList inputs, NDManager scope, String name, Object argument) {
        if (argument instanceof NDArray array) {
            inputs.add(array);
        } else if (argument instanceof NDList list) {
            list.forEach(array -> array.setName(name + "[]"));
            inputs.addAll(list);
        } else if (argument instanceof Map<?, ?> values) {
            values.forEach((key, value) -> {
                NDArray array = scope.create(((Number) value).floatValue());
                array.setName(name + "." + key);
                inputs.add(array);
            });
        } else {
            throw new IllegalArgumentException(
                    name + " is a " + argument.getClass().getName());
        }
    }

    /** Arrays of this module that are alive in native memory. */
    public long liveArrays() {
        return ((BaseNDManager) manager).getManagedArrays().size();
    }

    /** Arrays alive in native memory of all modules of this process that were not closed; by any thread. */
    public static long liveArraysOfAll() {
        return OPEN.stream().mapToLong(PolicyModule::liveArrays).sum();
    }

    private NDArray methodName(String method) {
        NDArray name = manager.create(0f);
        name.setName("module_method:" + method);
        return name;
    }

    @Override
    public void close() {
        OPEN.remove(this);
        manager.close();
        model.close();
    }

    private static String source(PolicyConfig config) {
        DecoderFeatures features = config.features();
        String text = SOURCES.stream().map(PolicyModule::resource).collect(Collectors.joining());
        if (features.windowed()) {
            text += resource(WINDOWS);
        }
        Map<String, Boolean> conditions = Map.of(
                "windows",
                features.windowed(),
                "query_key_norms",
                features.queryKeyNorms(),
                "scaled_rotary",
                !(features.rotary() instanceof RotaryScaling.None),
                "attention_factor",
                features.rotary().attentionFactor() != 1);
        return filled(kept(text, conditions), values(config));
    }

    /** Keeps the lines whose condition holds, or that have none. */
    private static String kept(String text, Map<String, Boolean> conditions) {
        StringBuilder kept = new StringBuilder();
        text.lines().forEach(line -> {
            Matcher condition = CONDITION.matcher(line);
            if (!condition.find()) {
                kept.append(line).append('\n');
            } else if (conditions.get(condition.group(2)) == condition.group(1).equals("if")) {
                kept.append(line, 0, condition.start()).append('\n');
            }
        });
        return kept.toString();
    }

    private static String filled(String text, Map<String, String> values) {
        return PLACE.matcher(text).replaceAll(place -> {
            String name = place.group(1);
            String value = values.getOrDefault(name, name.endsWith(".bias") ? "None" : null);
            if (value == null) {
                throw new IllegalStateException("the module's source has an unknown " + place.group());
            }
            return Matcher.quoteReplacement(value);
        });
    }

    private static Map<String, String> values(PolicyConfig config) {
        DecoderFeatures features = config.features();
        Map<String, String> values = new HashMap<>();
        values.put(
                "shapes",
                config.tensors().stream().map(TensorSpec::shape).toList().toString());
        values.put("layers", Integer.toString(config.layers()));
        values.put("heads", Integer.toString(config.attentionHeads()));
        values.put("kv_heads", Integer.toString(config.keyValueHeads()));
        values.put("groups", Integer.toString(config.attentionHeads() / config.keyValueHeads()));
        values.put("head_dim", Integer.toString(config.headSize()));
        values.put("half_head_dim", Integer.toString(config.headSize() / 2));
        values.put("query_size", Integer.toString(config.attentionHeads() * config.headSize()));
        values.put("hidden_size", Integer.toString(config.hiddenSize()));
        values.put("rms_norm_eps", decimal(config.rmsNormEpsilon()));
        values.put("negative_log_theta_over_head_dim", decimal(-Math.log(config.ropeTheta()) / config.headSize()));
        values.put("windows", features.windows().toString());
        values.put("attention_factor", decimal(features.rotary().attentionFactor()));
        values.put(
                "inverse_frequencies",
                Arrays.stream(features.rotary().inverseFrequencies(config.ropeTheta(), config.headSize()))
                        .mapToObj(PolicyModule::scientific)
                        .toList()
                        .toString());
        List<TensorSpec> ofLayer = config.layerTensors();
        values.put("tensors_a_layer", Integer.toString(ofLayer.size()));
        for (int i = 0; i < ofLayer.size(); i++) {
            values.put(ofLayer.get(i).name(), i == 0 ? "ps[o]" : "ps[o + " + i + "]");
        }
        int norm = 1 + config.layers() * ofLayer.size();
        values.put("model.norm.weight", "ps[" + norm + "]");
        values.put("lm_head.weight", features.tiedEmbeddings() ? "ps[0]" : "ps[" + (norm + 1) + "]");
        return values;
    }

    private static String resource(String name) {
        try (InputStream in = PolicyModule.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** TorchScript's lexer reads a number with a decimal point as a float. */
    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.17f", value);
    }

    /** Of a number that may be small: all its digits. */
    private static String scientific(double value) {
        return String.format(Locale.ROOT, "%.17e", value);
    }
}
