package io.tramontane.jobs.commands.documentation;

import io.tramontane.kafka.security.Role;
import io.tramontane.kafka.topics.Topic;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;

/** Topics and users of a run as objects for Strimzi's operators: what {@link Topic} and {@link Role} say, in YAML. */
public final class StrimziFiles {

    private static final String RUN = "demo";

    private static final String TOPICS = """
            # Generated from io.tramontane.kafka.topics.Topic by "./tramontane docs"; do not edit. The topics of the run "demo".
            """;

    private static final String USERS = """
            # Generated from io.tramontane.kafka.security.Role by "./tramontane docs"; do not edit. Who may do what: the entries
            # that "./tramontane access demo" lists, the least for each role. The topics themselves are made by the Topic
            # Operator, so nobody plays the role "operator".
            """;

    private static final String TOPIC = """
            apiVersion: kafka.strimzi.io/v1
            kind: KafkaTopic
            metadata:
              name: %1$s
              labels:
                strimzi.io/cluster: tramontane
            spec:
              topicName: %1$s
              partitions: %2$d
              replicas: 3
              config:
            """;

    private static final String USER = """
            apiVersion: kafka.strimzi.io/v1
            kind: KafkaUser
            metadata:
              name: %s
              labels:
                strimzi.io/cluster: tramontane
            spec:
              authentication:
                type: scram-sha-512
              authorization:
                type: simple
                acls:
            """;

    private StrimziFiles() {}

    /** {@code topics.yaml}. */
    public static String topics() {
        return Arrays.stream(Topic.values()).map(StrimziFiles::topic).collect(Collectors.joining("---\n", TOPICS, ""));
    }

    private static String topic(Topic topic) {
        StringBuilder yaml = new StringBuilder(TOPIC.formatted(topic.nameFor(RUN), topic.partitions()));
        new TreeMap<>(topic.configuration()).forEach((key, value) -> yaml.append("    %s: %s\n".formatted(key, value)));
        return yaml.toString();
    }

    /** {@code users.yaml}. */
    public static String users() {
        return Arrays.stream(Role.values())
                .filter(role -> role != Role.OPERATOR)
                .map(StrimziFiles::user)
                .collect(Collectors.joining("---\n", USERS, ""));
    }

    private static String user(Role role) {
        StringBuilder yaml = new StringBuilder(USER.formatted(role.label()));
        Map<ResourcePattern, List<AclBinding>> byResource = role.bindings(RUN, "User:" + role.label()).stream()
                .collect(Collectors.groupingBy(AclBinding::pattern, LinkedHashMap::new, Collectors.toList()));
        byResource.forEach((resource, bindings) -> yaml.append("""
                      - resource: {type: %s, name: %s, patternType: %s}
                        operations: [%s]
                """.formatted(
                camelCase(resource.resourceType().name(), false),
                resource.name(),
                resource.patternType() == PatternType.PREFIXED ? "prefix" : "literal",
                bindings.stream()
                        .map(binding -> camelCase(binding.entry().operation().name(), true))
                        .collect(Collectors.joining(", ")))));
        return yaml.toString();
    }

    /** {@code ALTER_CONFIGS} is {@code AlterConfigs}. */
    private static String camelCase(String constant, boolean capital) {
        String words = Arrays.stream(constant.split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
        return capital ? words : words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
    }
}
