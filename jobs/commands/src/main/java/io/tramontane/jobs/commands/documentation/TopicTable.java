package io.tramontane.jobs.commands.documentation;

import io.tramontane.kafka.security.Role;
import io.tramontane.kafka.topics.Topic;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.resource.ResourceType;

/** The topics of a run, who writes and who reads them, as a table inside the architecture. */
public final class TopicTable {

    private static final String BEGIN =
            "<!-- topics: generated from Topic, Role and tramontane.avdl by './tramontane docs' -->\n";
    private static final String END = "<!-- topics: end -->";
    private static final String RUN = "RUN";

    private TopicTable() {}

    /**
     * The document with the table up to date.
     *
     * @param document text that holds the two comments between which the table stands
     * @throws IllegalArgumentException when it does not
     */
    public static String within(String document) {
        return GeneratedPart.between(BEGIN, END, document, markdown());
    }

    private static String markdown() {
        return Stream.of(Topic.values())
                .map(TopicTable::row)
                .collect(Collectors.joining(
                        "", "| topic | partitions | written by | read by | carries |\n|---|---|---|---|---|\n", ""));
    }

    private static String row(Topic topic) {
        String name = topic.nameFor(RUN);
        return "| `" + name.substring(RUN.length() + 1) + "` | " + topic.partitions() + compacted(topic) + " | "
                + writers(topic) + " | " + readers(topic) + " | " + carries(topic)
                + " |\n";
    }

    private static String compacted(Topic topic) {
        String policy = topic.configuration().get(TopicConfig.CLEANUP_POLICY_CONFIG);
        return TopicConfig.CLEANUP_POLICY_COMPACT.equals(policy) ? ", compacted" : "";
    }

    private static String writers(Topic topic) {
        return roles(topic, AclOperation.WRITE)
                .map(role -> role.label() + (inTransactions(role, topic) ? ", in transactions" : ""))
                .collect(Collectors.joining("; "));
    }

    /** A role that writes in transactions reads only which of them were left open. */
    private static String readers(Topic topic) {
        String readers = roles(topic, AclOperation.READ)
                .filter(role -> !inTransactions(role, topic))
                .map(Role::label)
                .collect(Collectors.joining("; "));
        return readers.isEmpty() ? "readers" : readers;
    }

    private static boolean inTransactions(Role role, Topic topic) {
        return may(role, ResourceType.TRANSACTIONAL_ID, topic, AclOperation.WRITE);
    }

    /** Readers may read everything, so they are left out. */
    private static Stream<Role> roles(Topic topic, AclOperation operation) {
        return Stream.of(Role.values())
                .filter(role -> role != Role.READER)
                .filter(role -> may(role, ResourceType.TOPIC, topic, operation));
    }

    private static boolean may(Role role, ResourceType type, Topic topic, AclOperation operation) {
        List<AclBinding> bindings = role.bindings(RUN, "User:" + role.label());
        return bindings.stream()
                .anyMatch(binding -> binding.pattern().resourceType() == type
                        && binding.pattern().name().equals(topic.nameFor(RUN))
                        && binding.entry().operation() == operation);
    }

    /** The first sentence of the record's description in the schema, without the name of the topic, and its key. */
    private static String carries(Topic topic) {
        Schema schema = SpecificData.get().getSchema(topic.recordType());
        String description = schema.getDoc().replaceAll("\\s+", " ");
        return description.substring(description.indexOf(": ") + 2);
    }
}
