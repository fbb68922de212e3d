package io.tramontane.jobs.commands.documentation;

import io.tramontane.kafka.security.Role;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;

/** The access control entries of every role, as a table for operators of brokers. */
public final class AccessTable {

    private static final String RUN = "RUN";

    private static final String INTRODUCTION = """
            # Access to Kafka

            Generated from `io.tramontane.kafka.security.Role` by `./tramontane docs`; do not edit. The least each part of a
            run must be allowed to do on brokers with access control; `RUN` stands for the run's id. `./tramontane access`
            lists the entries of a run and creates them. READ and WRITE imply DESCRIBE. How to log in and where passwords
            come from: [infra/SECURITY.md](../infra/SECURITY.md).

            """;

    private AccessTable() {}

    /** The table as Markdown. */
    public static String markdown() {
        StringBuilder markdown = new StringBuilder(INTRODUCTION);
        markdown.append("| role | resource | name | operations |\n|---|---|---|---|\n");
        for (Role role : Role.values()) {
            Map<ResourcePattern, List<AclBinding>> byResource = role.bindings(RUN, "User:" + role.label()).stream()
                    .collect(Collectors.groupingBy(AclBinding::pattern, LinkedHashMap::new, Collectors.toList()));
            byResource.forEach((resource, bindings) -> markdown.append(row(role, resource, bindings)));
        }
        return markdown.toString();
    }

    private static String row(Role role, ResourcePattern resource, List<AclBinding> bindings) {
        String operations = bindings.stream()
                .map(binding -> binding.entry().operation())
                .sorted(Comparator.naturalOrder())
                .map(Enum::name)
                .collect(Collectors.joining(", "));
        String name = resource.name() + (resource.patternType() == PatternType.PREFIXED ? "*" : "");
        return "| " + role.label() + " (" + role.description() + ") | " + resource.resourceType() + " | `" + name
                + "` | " + operations + " |\n";
    }
}
