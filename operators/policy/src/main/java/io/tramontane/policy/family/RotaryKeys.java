package io.tramontane.policy.family;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.RotaryScaling;

/**
 * The keys of rotary positions: {@code rope_theta} and {@code rope_scaling} as up to transformers 4, or both in
 * {@code rope_parameters} as since transformers 5, which reads the old ones too. Where the two versions differ, the
 * newer decides: yarn's {@code factor} is the one given, and not the quotient of the lengths.
 */
final class RotaryKeys {

    private static final double THETA = 10_000;
    private static final String BASE = "rope_theta";
    private static final String TYPE = "rope_type";
    private static final String FACTOR = "factor";
    private static final String ORIGINAL = "original_max_position_embeddings";
    private static final String ATTENTION = "attention_factor";

    private final double theta;
    private final RotaryScaling scaling;

    private RotaryKeys(double theta, RotaryScaling scaling) {
        this.theta = theta;
        this.scaling = scaling;
    }

    double theta() {
        return theta;
    }

    RotaryScaling scaling() {
        return scaling;
    }

    /** @param maximumPositions the default of the length of the first training */
    static RotaryKeys read(ConfigReader keys, int maximumPositions) {
        String one = "rotates a part of each head, or pairs neighbours; only whole heads by halves are computed";
        keys.only("partial_rotary_factor", one, "1", "1.0", "null");
        keys.only("rope_interleaved", one, "false", "null");
        boolean old = keys.given("rope_scaling");
        boolean both = keys.given("rope_parameters") && old;
        if (both && !keys.value("rope_parameters").equals(keys.value("rope_scaling"))) {
            keys.problem("rope_scaling", "differs from rope_parameters; keep the one that holds");
        }
        ConfigReader section = keys.section(old ? "rope_scaling" : "rope_parameters");
        double outer = keys.number(BASE, THETA);
        double theta = section.number(BASE, outer);
        if (keys.given(BASE) && theta != outer) {
            keys.problem(BASE, "differs from the " + BASE + " beside the scaling; keep the one that holds");
        }
        section.only("partial_rotary_factor", one, "1", "1.0", "null");
        RotaryScaling scaling = new RotaryScaling.None();
        try {
            scaling = scaling(section, maximumPositions);
        } catch (IllegalArgumentException e) {
            keys.problem(old ? "rope_scaling" : "rope_parameters", e.getMessage());
        }
        section.refuseOthers("this scaling of rotary positions");
        return new RotaryKeys(theta, scaling);
    }

    private static RotaryScaling scaling(ConfigReader keys, int maximumPositions) {
        String key = keys.given(TYPE) ? TYPE : "type";
        JsonNode older = keys.value("type");
        if (key.equals(TYPE) && !older.isMissingNode() && !older.equals(keys.value(TYPE))) {
            keys.problem("type", "differs from " + TYPE + "; keep the one that holds");
        }
        switch (keys.value(key).asText("default")) {
            case "default":
                return new RotaryScaling.None();
            case "linear":
                return new RotaryScaling.Linear(keys.required(FACTOR, 1));
            case "llama3":
                return new RotaryScaling.Llama3(
                        keys.required(FACTOR, 1),
                        keys.required("low_freq_factor", 1),
                        keys.required("high_freq_factor", Double.MAX_VALUE),
                        keys.size(ORIGINAL, maximumPositions));
            case "yarn":
                return yarn(keys, maximumPositions);
            default:
                keys.problem(key, "not computed; default, linear, llama3 and yarn are");
                return new RotaryScaling.None();
        }
    }

    private static RotaryScaling yarn(ConfigReader keys, int maximumPositions) {
        int original = keys.size(ORIGINAL, maximumPositions);
        boolean fromLengths = keys.present(FACTOR) && !keys.given(FACTOR);
        double factor = fromLengths ? (double) maximumPositions / original : keys.required(FACTOR, 1);
        double magnitude = orElse(keys, "mscale", 0);
        double everywhere = orElse(keys, "mscale_all_dim", 0);
        double attention;
        if (keys.given(ATTENTION)) {
            attention = keys.number(ATTENTION, 1);
        } else if (magnitude != 0 && everywhere != 0) {
            attention =
                    RotaryScaling.Yarn.magnitude(factor, magnitude) / RotaryScaling.Yarn.magnitude(factor, everywhere);
        } else {
            attention = RotaryScaling.Yarn.magnitude(factor, 1);
        }
        return new RotaryScaling.Yarn(
                factor,
                original,
                orElse(keys, "beta_fast", 32),
                orElse(keys, "beta_slow", 1),
                attention,
                keys.flag("truncate", true));
    }

    /** 0 and null stand for the default, as they do in transformers. */
    private static double orElse(ConfigReader keys, String key, double byDefault) {
        double value = keys.given(key) ? keys.number(key, 0) : 0;
        return value == 0 ? byDefault : value;
    }

    /** The old keys, which every version reads. */
    static void write(PolicyConfig config, ObjectNode json) {
        json.put(BASE, config.ropeTheta());
        RotaryScaling scaling = config.features().rotary();
        if (scaling instanceof RotaryScaling.Linear linear) {
            section(json, "linear").put(FACTOR, linear.factor());
        } else if (scaling instanceof RotaryScaling.Llama3 llama) {
            section(json, "llama3")
                    .put(FACTOR, llama.factor())
                    .put("low_freq_factor", llama.lowFrequencyFactor())
                    .put("high_freq_factor", llama.highFrequencyFactor())
                    .put(ORIGINAL, llama.originalPositions());
        } else if (scaling instanceof RotaryScaling.Yarn yarn) {
            section(json, "yarn")
                    .put(FACTOR, yarn.factor())
                    .put(ORIGINAL, yarn.originalPositions())
                    .put("beta_fast", yarn.betaFast())
                    .put("beta_slow", yarn.betaSlow())
                    .put(ATTENTION, yarn.attentionFactor())
                    .put("truncate", yarn.truncate());
        }
    }

    private static ObjectNode section(ObjectNode json, String type) {
        return json.putObject("rope_scaling").put(TYPE, type);
    }
}
