package io.tramontane.jobs.dashboard;

import io.tramontane.jobs.dashboard.rollouts.TokenDecoder;
import io.tramontane.kafka.KafkaSettings;
import java.net.URI;
import java.util.Optional;

/**
 * What the page must be told of a run; all else it finds in the topics.
 *
 * @param runId its name
 * @param steps it is to make; 0 when not known
 * @param kafka where its topics are
 * @param flink the address of Flink's REST interface, where it is known
 * @param configuration YAML to show; may be empty
 * @param tokens turns tokens back into text, where the policy's tokenizer is at hand
 */
public record RunFacts(
        String runId,
        long steps,
        KafkaSettings kafka,
        Optional<URI> flink,
        String configuration,
        Optional<TokenDecoder> tokens) {}
