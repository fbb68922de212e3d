package io.tramontane.jobs.page.rollouts;

import io.tramontane.jobs.page.facts.TokenDecoder;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.PackedNumbers;
import io.tramontane.schemas.WeightSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Which characters of a completion came from which weights. */
final class TextSpans {

    /**
     * A part of the text.
     *
     * @param from its first character
     * @param to the one behind its last
     * @param tokens it has
     */
    record TextSpan(long incarnation, long version, int from, int to, int tokens) {}

    private TextSpans() {}

    /**
     * The parts of the text in their order, which together are the text.
     *
     * @param decoder without one, characters are shared out by the number of tokens: about right
     */
    static List<TextSpan> of(Completion completion, Optional<TokenDecoder> decoder) {
        int characters = completion.getText().length();
        int[] tokens = PackedNumbers.toInts(completion.getCompletionTokens());
        List<WeightSpan> spans = completion.getSpans();
        List<TextSpan> parts = new ArrayList<>();
        int from = 0;
        for (int index = 0; index < spans.size(); index++) {
            WeightSpan span = spans.get(index);
            int to = index == spans.size() - 1 ? characters : end(span.getEnd(), tokens, characters, decoder);
            to = Math.max(from, Math.min(to, characters));
            parts.add(
                    new TextSpan(span.getIncarnation(), span.getVersion(), from, to, span.getEnd() - span.getStart()));
            from = to;
        }
        return parts;
    }

    private static int end(int token, int[] tokens, int characters, Optional<TokenDecoder> decoder) {
        int end = Math.max(0, Math.min(token, tokens.length));
        return decoder.map(known -> known.decode(Arrays.copyOf(tokens, end)).length())
                .orElse(tokens.length == 0 ? characters : (int) ((long) characters * end / tokens.length));
    }
}
