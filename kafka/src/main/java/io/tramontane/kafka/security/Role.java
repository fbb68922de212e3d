package io.tramontane.kafka.security;

import static org.apache.kafka.common.acl.AclOperation.ALTER_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import io.tramontane.kafka.topics.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Who takes part in a run, and the least that each must be allowed to do on the broker. */
public enum Role {
    /** Creates the topics of the run, before anything else starts. */
    OPERATOR("creates the topics") {
        @Override
        void grant(Grants grants) {
            for (Topic topic : Topic.values()) {
                grants.topic(topic, CREATE, DESCRIBE, DESCRIBE_CONFIGS);
            }
        }
    },

    /** The Flink job: its task managers and its job manager. */
    JOB("the Flink job") {
        @Override
        void grant(Grants grants) {
            grants.topic(Topic.PROMPTS, WRITE);
            grants.topic(Topic.COMPLETIONS, READ);
            grants.topic(Topic.OUTCOMES, READ, WRITE);
            for (Topic exactlyOnce : List.of(Topic.GROUPS, Topic.STEPS, Topic.DEAD_LETTERS)) {
                // READ: after a failure the sink asks which producers left a transaction open there.
                grants.topic(exactlyOnce, READ, WRITE);
                grants.transactions(exactlyOnce, DESCRIBE, WRITE);
            }
            grants.topic(Topic.WEIGHTS_MANIFEST, READ, WRITE);
            // DELETE lets the publisher trim versions that no generator needs any more.
            grants.topic(Topic.WEIGHTS_CHUNKS, WRITE, DELETE);
            grants.group("pipeline", READ);
        }
    },

    /** A generator process. */
    GENERATOR("a generator") {
        @Override
        void grant(Grants grants) {
            grants.topic(Topic.PROMPTS, READ);
            grants.topic(Topic.COMPLETIONS, WRITE);
            grants.topic(Topic.WEIGHTS_MANIFEST, READ);
            grants.topic(Topic.WEIGHTS_CHUNKS, READ);
            grants.topic(Topic.DEAD_LETTERS, WRITE);
            // ALTER_CONFIGS: the duration of a lease is a configuration of the share group.
            grants.group("generators", READ, ALTER_CONFIGS);
        }
    },

    /** Reports, the ledger, replays: reads everything and changes nothing. */
    READER("reports, ledger, export") {
        @Override
        void grant(Grants grants) {
            for (Topic topic : Topic.values()) {
                grants.topic(topic, READ, DESCRIBE_CONFIGS);
            }
            // How far the job has read, which tells a lost completion from one that is still to come.
            grants.group("pipeline", DESCRIBE);
        }
    };

    private final String description;

    Role(String description) {
        this.description = description;
    }

    /** The role's name as options and tables have it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Who that is, in a few words. */
    public String description() {
        return description;
    }

    /**
     * What an administrator has to allow before the role can play its part; nothing more is needed and nothing here can
     * be left out.
     *
     * @param principal as Kafka writes it, {@code User:name}
     */
    public List<AclBinding> bindings(String runId, String principal) {
        Grants grants = new Grants(runId, principal);
        grant(grants);
        return List.copyOf(grants.bindings);
    }

    abstract void grant(Grants grants);

    /** Collects what one principal may do in one run, from any host. */
    static final class Grants {

        private final String runId;
        private final String principal;
        private final List<AclBinding> bindings = new ArrayList<>();

        private Grants(String runId, String principal) {
            this.runId = runId;
            this.principal = principal;
        }

        void topic(Topic topic, AclOperation... operations) {
            add(ResourceType.TOPIC, topic.nameFor(runId), PatternType.LITERAL, operations);
        }

        void group(String suffix, AclOperation... operations) {
            add(ResourceType.GROUP, runId + "." + suffix, PatternType.LITERAL, operations);
        }

        /** Transactional ids begin with the topic's name and end with a number. */
        void transactions(Topic topic, AclOperation... operations) {
            add(ResourceType.TRANSACTIONAL_ID, topic.nameFor(runId), PatternType.PREFIXED, operations);
        }

        private void add(ResourceType type, String name, PatternType pattern, AclOperation... operations) {
            Set<AclOperation> ordered = EnumSet.copyOf(Arrays.asList(operations));
            for (AclOperation operation : ordered) {
                bindings.add(new AclBinding(
                        new ResourcePattern(type, name, pattern),
                        new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW)));
            }
        }
    }
}
