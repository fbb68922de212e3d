package io.tramontane.policy.family;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.policy.DecoderFeatures;
import io.tramontane.policy.ModelType;
import io.tramontane.policy.RotaryScaling;
import java.util.Collections;
import java.util.List;

/** {@code mistral}: Mistral 7B, Ministral 8B; a window, if there is one, holds in every layer. */
final class MistralFamily extends ModelFamily {

    private static final String WINDOW = "sliding_window";

    MistralFamily() {
        super(ModelType.MISTRAL, new Defaults(32_000, 14_336, 131_072, 2));
    }

    @Override
    int keyValueHeads(int heads) {
        return 8;
    }

    @Override
    DecoderFeatures features(ConfigReader keys, boolean tied, RotaryScaling rotary, int layers) {
        if (keys.given("layer_types")) {
            keys.problem("layer_types", "layers that differ are not computed for mistral; transformers ignores it");
        }
        int window = keys.given(WINDOW) || !keys.present(WINDOW) ? keys.size(WINDOW, 4096) : 0;
        List<Integer> windows = Collections.nCopies(layers, window);
        return new DecoderFeatures(type(), tied, false, false, false, false, rotary, windows);
    }

    @Override
    void write(DecoderFeatures features, ObjectNode json) {
        if (features.windowed()) {
            json.put(WINDOW, features.windows().get(0));
        } else {
            json.putNull(WINDOW);
        }
    }
}
