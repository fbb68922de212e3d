package io.tramontane.policy.family;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.policy.DecoderFeatures;
import io.tramontane.policy.ModelType;
import io.tramontane.policy.RotaryScaling;

/** {@code qwen3}: the dense models of Qwen 3; queries and keys pass a norm over the features of a head. */
final class Qwen3Family extends ModelFamily {

    private static final String ATTENTION = "attention_bias";

    Qwen3Family() {
        super(ModelType.QWEN3, new Defaults(151_936, 22_016, 32_768, null));
    }

    @Override
    int keyValueHeads(int heads) {
        return 32;
    }

    @Override
    int headSize(int hidden, int heads) {
        return 128;
    }

    @Override
    DecoderFeatures features(ConfigReader keys, boolean tied, RotaryScaling rotary, int layers) {
        boolean biases = keys.flag(ATTENTION, false);
        return new DecoderFeatures(type(), tied, biases, biases, false, true, rotary, qwenWindows(keys, layers));
    }

    @Override
    void write(DecoderFeatures features, ObjectNode json) {
        json.put(ATTENTION, features.queryKeyValueBiases());
        writeQwenWindows(features, json);
    }
}
