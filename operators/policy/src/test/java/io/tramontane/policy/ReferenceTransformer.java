package io.tramontane.policy;

import java.util.HashMap;
import java.util.Map;

/**
 * The same transformer in plain Java and double precision, written from the formulas with loops and no thought of
 * speed. It shares no code with the module and is what the module is checked against.
 */
public final class ReferenceTransformer {

    private final PolicyConfig config;
    private final Map<String, double[]> tensors = new HashMap<>();

    public ReferenceTransformer(PolicyConfig config, double[] flat) {
        this.config = config;
        int at = 0;
        for (TensorSpec spec : config.tensors()) {
            double[] values = new double[(int) spec.size()];
            System.arraycopy(flat, at, values, 0, values.length);
            at += values.length;
            tensors.put(spec.name(), values);
        }
    }

    public static double[] widen(Weights weights) {
        double[] wide = new double[weights.values().length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = weights.values()[i];
        }
        return wide;
    }

    /** log π of each completion token after the prompt. */
    public double[] logProbs(int[] prompt, int[] completion) {
        int[] tokens = new int[prompt.length + completion.length];
        System.arraycopy(prompt, 0, tokens, 0, prompt.length);
        System.arraycopy(completion, 0, tokens, prompt.length, completion.length);
        double[][] hidden = hidden(tokens);
        double[] result = new double[completion.length];
        for (int i = 0; i < completion.length; i++) {
            double[] logits = matrix("model.embed_tokens.weight", hidden[prompt.length + i - 1]);
            double maximum = Double.NEGATIVE_INFINITY;
            for (double logit : logits) {
                maximum = Math.max(maximum, logit);
            }
            double sum = 0;
            for (double logit : logits) {
                sum += Math.exp(logit - maximum);
            }
            result[i] = logits[completion[i]] - maximum - Math.log(sum);
        }
        return result;
    }

    private double[][] hidden(int[] tokens) {
        int size = config.hiddenSize();
        double[] embedding = tensors.get("model.embed_tokens.weight");
        double[][] x = new double[tokens.length][size];
        for (int t = 0; t < tokens.length; t++) {
            System.arraycopy(embedding, tokens[t] * size, x[t], 0, size);
        }
        for (int layer = 0; layer < config.layers(); layer++) {
            String prefix = "model.layers." + layer + ".";
            attention(prefix, x);
            feedForward(prefix, x);
        }
        double[][] normed = new double[tokens.length][];
        for (int t = 0; t < tokens.length; t++) {
            normed[t] = norm("model.norm.weight", x[t]);
        }
        return normed;
    }

    private void attention(String prefix, double[][] x) {
        int length = x.length;
        int headSize = config.headSize();
        int shared = config.attentionHeads() / config.keyValueHeads();
        double[][] queries = new double[length][];
        double[][] keys = new double[length][];
        double[][] values = new double[length][];
        for (int t = 0; t < length; t++) {
            double[] h = norm(prefix + "input_layernorm.weight", x[t]);
            queries[t] = rotated(matrix(prefix + "self_attn.q_proj.weight", h), t);
            keys[t] = rotated(matrix(prefix + "self_attn.k_proj.weight", h), t);
            values[t] = matrix(prefix + "self_attn.v_proj.weight", h);
        }
        for (int t = 0; t < length; t++) {
            double[] attended = new double[config.attentionHeads() * headSize];
            for (int head = 0; head < config.attentionHeads(); head++) {
                int group = head / shared;
                double[] weights = new double[t + 1];
                double sum = 0;
                for (int s = 0; s <= t; s++) {
                    double dot = 0;
                    for (int i = 0; i < headSize; i++) {
                        dot += queries[t][head * headSize + i] * keys[s][group * headSize + i];
                    }
                    weights[s] = Math.exp(dot / Math.sqrt(headSize));
                    sum += weights[s];
                }
                for (int s = 0; s <= t; s++) {
                    for (int i = 0; i < headSize; i++) {
                        attended[head * headSize + i] += weights[s] / sum * values[s][group * headSize + i];
                    }
                }
            }
            add(x[t], matrix(prefix + "self_attn.o_proj.weight", attended));
        }
    }

    private void feedForward(String prefix, double[][] x) {
        for (double[] position : x) {
            double[] h = norm(prefix + "post_attention_layernorm.weight", position);
            double[] gate = matrix(prefix + "mlp.gate_proj.weight", h);
            double[] up = matrix(prefix + "mlp.up_proj.weight", h);
            for (int i = 0; i < gate.length; i++) {
                gate[i] = gate[i] / (1 + Math.exp(-gate[i])) * up[i];
            }
            add(position, matrix(prefix + "mlp.down_proj.weight", gate));
        }
    }

    /** Rotates pairs (i, i + half) of every head by position · θ^(−2i/size), the layout of Hugging Face's Llama. */
    private double[] rotated(double[] heads, int position) {
        int size = config.headSize();
        int half = size / 2;
        double[] out = new double[heads.length];
        for (int head = 0; head < heads.length; head += size) {
            for (int i = 0; i < half; i++) {
                double angle = position * Math.pow(config.ropeTheta(), -2.0 * i / size);
                double a = heads[head + i];
                double b = heads[head + half + i];
                out[head + i] = a * Math.cos(angle) - b * Math.sin(angle);
                out[head + half + i] = b * Math.cos(angle) + a * Math.sin(angle);
            }
        }
        return out;
    }

    private double[] norm(String name, double[] x) {
        double squares = 0;
        for (double value : x) {
            squares += value * value;
        }
        double scale = 1 / Math.sqrt(squares / x.length + config.rmsNormEpsilon());
        double[] weight = tensors.get(name);
        double[] out = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = x[i] * scale * weight[i];
        }
        return out;
    }

    /** The matrix [out, in] times the vector. */
    private double[] matrix(String name, double[] vector) {
        double[] values = tensors.get(name);
        double[] out = new double[values.length / vector.length];
        for (int row = 0; row < out.length; row++) {
            for (int i = 0; i < vector.length; i++) {
                out[row] += values[row * vector.length + i] * vector[i];
            }
        }
        return out;
    }

    private static void add(double[] target, double[] addend) {
        for (int i = 0; i < target.length; i++) {
            target[i] += addend[i];
        }
    }
}
