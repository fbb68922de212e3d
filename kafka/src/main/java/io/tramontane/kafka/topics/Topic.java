package io.tramontane.kafka.topics;

import io.tramontane.schemas.Completion;
import io.tramontane.schemas.DeadLetter;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.Prompt;
import io.tramontane.schemas.Step;
import io.tramontane.schemas.WeightsChunk;
import io.tramontane.schemas.WeightsManifest;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The topics of a run, each with the configuration that what it carries asks for.
 *
 * <p>Nothing expires by time: prompts, completions, groups, steps, outcomes and dead letters together are the run's
 * ledger and the input of a replay, so they stay until the run's topics are deleted. Weights are the exception: the
 * manifest is compacted and the publisher trims the chunks.
 */
public enum Topic {
    /**
     * Groups to generate, a work queue. One partition, because a share group needs no more to serve any number of
     * generators and so hands prompts out in the scheduler's order.
     */
    PROMPTS("prompts", Prompt.class, 1, Sizes.MEBIBYTE, Map.of()),

    /** Sampled answers. Partitions bound the parallelism of the source that reads them. */
    COMPLETIONS("completions", Completion.class, 4, 8 * Sizes.MEBIBYTE, Map.of()),

    /**
     * Finished groups: a record holds all completions of one. A broker takes requests of 100 MiB at most unless it is
     * configured otherwise ({@code socket.request.max.bytes}); this is what is left for the record.
     */
    GROUPS("groups", Group.class, 4, 96 * Sizes.MEBIBYTE, Map.of()),

    /** The training log. One partition: its order is the order of training. */
    STEPS("steps", Step.class, 1, 4 * Sizes.MEBIBYTE, Map.of()),

    /**
     * The newest complete version of the weights. Compacted; small segments, because only closed ones are compacted.
     */
    WEIGHTS_MANIFEST(
            "weights-manifest",
            WeightsManifest.class,
            1,
            4 * Sizes.MEBIBYTE,
            Map.of(
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    TopicConfig.CLEANUP_POLICY_COMPACT,
                    TopicConfig.SEGMENT_BYTES_CONFIG,
                    Integer.toString(4 * Sizes.MEBIBYTE))),

    /**
     * Tensor bytes. One partition keeps the chunks of a version together; trimming frees whole segments, so these are
     * small and go soon after.
     */
    WEIGHTS_CHUNKS(
            "weights-chunks",
            WeightsChunk.class,
            1,
            2 * Sizes.MEBIBYTE,
            Map.of(
                    TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(64 * Sizes.MEBIBYTE),
                    TopicConfig.FILE_DELETE_DELAY_MS_CONFIG, "1000",
                    // Trained weights are close to random bytes: compressing them costs time and gains nothing.
                    TopicConfig.COMPRESSION_TYPE_CONFIG, "uncompressed")),

    /** How groups and completions ended. One partition: the scheduler that reads it has one instance. */
    OUTCOMES("outcomes", Outcome.class, 1, Sizes.MEBIBYTE, Map.of()),

    /** What could not be read, with the raw bytes of whatever topic it came from. */
    DEAD_LETTERS("dead-letters", DeadLetter.class, 1, 97 * Sizes.MEBIBYTE, Map.of());

    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");

    private final String suffix;
    private final Class<? extends SpecificRecord> recordType;
    private final int partitions;
    private final int maximumRecordBytes;
    private final Map<String, String> configuration;

    Topic(
            String suffix,
            Class<? extends SpecificRecord> recordType,
            int partitions,
            int maximumRecordBytes,
            Map<String, String> special) {
        this.suffix = suffix;
        this.recordType = recordType;
        this.partitions = partitions;
        this.maximumRecordBytes = maximumRecordBytes;
        Map<String, String> all = new TreeMap<>();
        all.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        all.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
        all.put(TopicConfig.RETENTION_BYTES_CONFIG, "-1");
        all.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maximumRecordBytes));
        all.putAll(special);
        this.configuration = Map.copyOf(all);
    }

    /**
     * The topic's name in a run, {@code <run>.completions} for example.
     *
     * @throws IllegalArgumentException when the run id cannot be part of a topic's name
     */
    public String nameFor(String runId) {
        if (!RUN_ID.matcher(runId).matches()) {
            throw new IllegalArgumentException("a run id has 1 to 200 letters, digits, '.', '_' or '-' and begins with"
                    + " a letter or digit; this one does not: '" + runId + "'");
        }
        return runId + "." + suffix;
    }

    /** What the topic's records are, in single-object encoding. */
    public Class<? extends SpecificRecord> recordType() {
        return recordType;
    }

    public int partitions() {
        return partitions;
    }

    /** Largest record with its key and overhead; a producer's {@code max.request.size} for this topic. */
    public int maximumRecordBytes() {
        return maximumRecordBytes;
    }

    /** Topic-level configuration by Kafka's names, replication aside: that depends on the cluster. */
    public Map<String, String> configuration() {
        return configuration;
    }

    /** Holds a constant that the enum's own constants need. */
    private static final class Sizes {
        static final int MEBIBYTE = 1 << 20;
    }
}
