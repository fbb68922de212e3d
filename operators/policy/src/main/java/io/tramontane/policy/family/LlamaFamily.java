package io.tramontane.policy.family;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.policy.DecoderFeatures;
import io.tramontane.policy.ModelType;
import io.tramontane.policy.RotaryScaling;
import java.util.List;

/** {@code llama}: Llama 2 and 3, SmolLM2 and others of their shape. */
final class LlamaFamily extends ModelFamily {

    private static final String ATTENTION = "attention_bias";
    private static final String FEED_FORWARD = "mlp_bias";

    LlamaFamily() {
        super(ModelType.LLAMA, new Defaults(32_000, 11_008, 2048, 2));
    }

    @Override
    int keyValueHeads(int heads) {
        return heads;
    }

    @Override
    DecoderFeatures features(ConfigReader keys, boolean tied, RotaryScaling rotary, int layers) {
        boolean attention = keys.flag(ATTENTION, false);
        boolean feedForward = keys.flag(FEED_FORWARD, false);
        return new DecoderFeatures(type(), tied, attention, attention, feedForward, false, rotary, List.of());
    }

    @Override
    void write(DecoderFeatures features, ObjectNode json) {
        json.put(ATTENTION, features.queryKeyValueBiases());
        json.put(FEED_FORWARD, features.feedForwardBiases());
    }
}
