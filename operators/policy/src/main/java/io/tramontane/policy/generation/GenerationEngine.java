package io.tramontane.policy.generation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.Weights;
import io.tramontane.policy.module.PolicyModule;
import io.tramontane.schemas.WeightsVersion;
import java.nio.IntBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Samples many sequences side by side with a KV cache and continuous batching: sequences join and leave between any two
 * steps, and so do new weights, which the running sequences go on with while their cached keys and values stay those of
 * the old ones (Magistral §3).
 *
 * <p>Rows [0, running) of the cache are always in use: a row that a sequence leaves is given to a new one or to the
 * last row's sequence, so a step costs what the running sequences need and not what the slots would allow.
 *
 * <p>Not thread-safe: used by one thread.
 */
public final class GenerationEngine implements AutoCloseable {

    private final GenerationSettings settings;
    private final int endOfSequence;
    private final PolicyModule module;
    /** [layers, 2, slots, key-value heads, positions, head size]. */
    private final NDArray cache;

    private final Deque<GenerationRequest> submitted = new ArrayDeque<>();
    private final RunningSequence[] rows;
    private NDArray weights;
    private WeightsVersion version;

    public GenerationEngine(
            PolicyConfig config,
            GenerationSettings settings,
            int endOfSequence,
            Weights weights,
            WeightsVersion version) {
        if (settings.maximumTokens() > config.maximumPositions()) {
            throw new IllegalArgumentException("sequences of " + settings.maximumTokens()
                    + " tokens are longer than the policy's " + config.maximumPositions() + " positions");
        }
        this.settings = settings;
        this.endOfSequence = endOfSequence;
        this.module = new PolicyModule(config);
        this.cache = module.manager().zeros(new Shape(settings.cacheShape(config)));
        this.rows = new RunningSequence[settings.slots()];
        swap(weights, version);
    }

    /** The next token of every sequence comes from these weights; caches are kept. */
    public void swap(Weights newWeights, WeightsVersion newVersion) {
        if (weights != null) {
            weights.close();
        }
        weights = module.manager().create(newWeights.values());
        version = newVersion;
    }

    /** The version the next token comes from. */
    public WeightsVersion version() {
        return version;
    }

    /** Sequences that are running or submitted. */
    public int running() {
        int count = submitted.size();
        for (RunningSequence row : rows) {
            count += row == null ? 0 : 1;
        }
        return count;
    }

    public int freeSlots() {
        return settings.slots() - running();
    }

    /**
     * Joins with the next step.
     *
     * @throws IllegalStateException without a free slot
     * @throws IllegalArgumentException when prompt and completion could outgrow the cache
     */
    public void submit(GenerationRequest request) {
        if (freeSlots() == 0) {
            throw new IllegalStateException("all " + settings.slots() + " slots are taken");
        }
        int longest = request.promptTokens().length + request.maximumNewTokens();
        if (request.promptTokens().length == 0
                || request.maximumNewTokens() < 1
                || longest > settings.maximumTokens()) {
            throw new IllegalArgumentException(request.id() + ": a prompt of " + request.promptTokens().length
                    + " tokens and " + request.maximumNewTokens() + " new ones do not fit the limit of "
                    + settings.maximumTokens() + " tokens");
        }
        submitted.add(request);
    }

    /**
     * Samples one more token of every running sequence; those that join are prefilled first and so get two.
     *
     * @return the sequences that ended, by row
     */
    public List<GeneratedSequence> step() {
        List<Integer> joined = placeSubmitted();
        closeGaps();
        if (!joined.isEmpty()) {
            prefill(joined);
        }
        List<GeneratedSequence> finished = new ArrayList<>();
        int count = rowsInUse();
        if (count > 0 && anyUnfinished(count)) {
            decode(count);
        }
        for (int row = 0; row < count; row++) {
            if (rows[row].finished()) {
                finished.add(rows[row].result());
                rows[row] = null;
            }
        }
        return finished;
    }

    private List<Integer> placeSubmitted() {
        List<Integer> joined = new ArrayList<>();
        for (int row = 0; row < rows.length && !submitted.isEmpty(); row++) {
            if (rows[row] == null) {
                rows[row] = new RunningSequence(submitted.remove());
                joined.add(row);
            }
        }
        return joined;
    }

    /** Moves the last rows into the gaps that finished sequences left and no new one took. */
    private void closeGaps() {
        List<Long> sources = new ArrayList<>();
        List<Long> targets = new ArrayList<>();
        int last = rows.length - 1;
        for (int gap = 0; gap < last; gap++) {
            if (rows[gap] != null) {
                continue;
            }
            while (last > gap && rows[last] == null) {
                last--;
            }
            if (last > gap) {
                rows[gap] = rows[last];
                rows[last] = null;
                sources.add((long) last);
                targets.add((long) gap);
            }
        }
        if (!sources.isEmpty()) {
            try (NDManager scope = module.manager().newSubManager()) {
                module.call(scope, "move", false, cache, scope.create(longs(sources)), scope.create(longs(targets)));
            }
        }
    }

    private static long[] longs(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    private int rowsInUse() {
        int count = 0;
        while (count < rows.length && rows[count] != null) {
            count++;
        }
        return count;
    }

    private boolean anyUnfinished(int count) {
        for (int row = 0; row < count; row++) {
            if (!rows[row].finished()) {
                return true;
            }
        }
        return false;
    }

    /** The completions of a group share their prompt, which is computed once. */
    private void prefill(List<Integer> joined) {
        Map<IntBuffer, Integer> prompts = new LinkedHashMap<>();
        int n = joined.size();
        long[] promptOfSequence = new long[n];
        long[] last = new long[n];
        long[] slots = new long[n];
        for (int i = 0; i < n; i++) {
            int[] prompt = rows[joined.get(i)].request().promptTokens();
            Integer known = prompts.putIfAbsent(IntBuffer.wrap(prompt), prompts.size());
            promptOfSequence[i] = known == null ? prompts.size() - 1 : known;
            last[i] = prompt.length - 1;
            slots[i] = joined.get(i);
        }
        int longest =
                prompts.keySet().stream().mapToInt(IntBuffer::remaining).max().orElseThrow();
        long[] tokens = new long[prompts.size() * longest];
        prompts.forEach((prompt, index) -> {
            for (int i = 0; i < prompt.remaining(); i++) {
                tokens[index * longest + i] = prompt.get(i);
            }
        });
        RunningSequence[] sequences = joined.stream().map(row -> rows[row]).toArray(RunningSequence[]::new);
        try (NDManager scope = module.manager().newSubManager()) {
            append(
                    sequences,
                    module.call(
                            scope,
                            "prefill",
                            false,
                            weights,
                            cache,
                            scope.create(tokens, new Shape(prompts.size(), longest)),
                            scope.create(promptOfSequence),
                            scope.create(last),
                            scope.create(slots),
                            uniforms(scope, sequences),
                            temperatures(scope, sequences)));
        }
    }

    private void decode(int count) {
        RunningSequence[] sequences = new RunningSequence[count];
        long[] tokens = new long[count];
        long[] positions = new long[count];
        for (int row = 0; row < count; row++) {
            sequences[row] = rows[row];
            tokens[row] = rows[row].newestToken();
            positions[row] = rows[row].position();
        }
        try (NDManager scope = module.manager().newSubManager()) {
            append(
                    sequences,
                    module.call(
                            scope,
                            "decode",
                            false,
                            weights,
                            cache,
                            scope.create(tokens),
                            scope.create(positions),
                            uniforms(scope, sequences),
                            temperatures(scope, sequences)));
        }
    }

    private static NDArray uniforms(NDManager scope, RunningSequence[] sequences) {
        float[] values = new float[sequences.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = sequences[i].nextUniform();
        }
        return scope.create(values);
    }

    private static NDArray temperatures(NDManager scope, RunningSequence[] sequences) {
        float[] values = new float[sequences.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = sequences[i].request().temperature();
        }
        return scope.create(values);
    }

    /** @param sampled {@code tokens} and {@code log_probs}, each [N] */
    private void append(RunningSequence[] sequences, NDList sampled) {
        long[] tokens = sampled.get("tokens").toLongArray();
        float[] logProbs = sampled.get("log_probs").toFloatArray();
        for (int i = 0; i < sequences.length; i++) {
            // A sequence that ended in its prefill is carried through the decode step of the others.
            if (!sequences[i].finished()) {
                sequences[i].append((int) tokens[i], logProbs[i], version, endOfSequence);
            }
        }
    }

    /** Arrays alive in native memory: flat between steps, for leak checks and metrics. */
    public long liveArrays() {
        return module.liveArrays();
    }

    @Override
    public void close() {
        module.close();
    }
}
