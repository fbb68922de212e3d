package io.tramontane.jobs.page.facts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tramontane.kafka.KafkaSettings;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the page must be given about a run; all else it finds in the topics.
 *
 * @param runId its name
 * @param steps it is to make; 0 when not known
 * @param kafka where its topics are
 * @param flink the address of Flink's REST interface, where it is known
 * @param configuration YAML to show; may be empty
 * @param fork the step of another run that it went on from, for a person; empty when it began by itself
 * @param heldOut tells what it scored on held-out problems so far, an array of an object a measure; may be called by
 *     any thread
 * @param tokens turns tokens back into text, where the policy's tokenizer is at hand
 */
public record RunFacts(
        String runId,
        long steps,
        KafkaSettings kafka,
        Optional<URI> flink,
        String configuration,
        Optional<String> fork,
        Supplier<ArrayNode> heldOut,
        Optional<TokenDecoder> tokens) {

    /** For a run of which only the topics are at hand. */
    public static final Supplier<ArrayNode> NOTHING_MEASURED = JsonNodeFactory.instance::arrayNode;
}
