package io.tramontane.policy.family;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.policy.DecoderFeatures;
import io.tramontane.policy.ModelType;
import io.tramontane.policy.RotaryScaling;

/** {@code qwen2}: Qwen 2 and 2.5; the projections to queries, keys and values always add a bias. */
final class Qwen2Family extends ModelFamily {

    Qwen2Family() {
        super(ModelType.QWEN2, new Defaults(151_936, 22_016, 32_768, null));
    }

    @Override
    int keyValueHeads(int heads) {
        return 32;
    }

    @Override
    DecoderFeatures features(ConfigReader keys, boolean tied, RotaryScaling rotary, int layers) {
        keys.only("use_mrope", "positions of several dimensions are not computed", "false", "null");
        return new DecoderFeatures(type(), tied, true, false, false, false, rotary, qwenWindows(keys, layers));
    }

    @Override
    void write(DecoderFeatures features, ObjectNode json) {
        writeQwenWindows(features, json);
    }
}
