package io.tramontane.policy.files;

import io.tramontane.policy.PolicyConfig;
import io.tramontane.policy.TensorSpec;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is in a model's folder.
 *
 * @param parametersByType how many parameters the files hold in each type (F32, BF16, F16)
 * @param endOfSequence ids of the tokens that end a completion
 * @param tokenizer its file; empty where there is none, and no run can use the folder
 * @param chatTemplates in the order of their names, {@code default} first
 */
public record ModelDescription(
        PolicyConfig config,
        SortedMap<String, Long> parametersByType,
        List<Integer> endOfSequence,
        Optional<Path> tokenizer,
        List<ChatTemplate> chatTemplates) {

    public ModelDescription {
        parametersByType = Collections.unmodifiableSortedMap(new TreeMap<>(parametersByType));
        endOfSequence = List.copyOf(endOfSequence);
        chatTemplates = List.copyOf(chatTemplates);
    }

    /** All parameters; a tied embedding counts once. */
    public long parameters() {
        return config.tensors().stream().mapToLong(TensorSpec::size).sum();
    }

    /** Those of the embedding. */
    public long embeddingParameters() {
        return (long) config.vocabularySize() * config.hiddenSize();
    }
}
