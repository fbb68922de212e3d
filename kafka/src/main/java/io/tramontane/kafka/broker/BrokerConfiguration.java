package io.tramontane.kafka.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How one small broker for one machine is configured, by the names of Kafka's documentation. */
final class BrokerConfiguration {

    static final int NODE_ID = 1;
    static final String HOST = "127.0.0.1";
    static final String CONTROLLER = "CONTROLLER";

    private static final String BROKER = "BROKER";

    private BrokerConfiguration() {}

    static Map<String, String> of(
            Path directory, int brokerPort, int controllerPort, Optional<BrokerSecurity> security) {
        Map<String, String> configuration = new HashMap<>();
        identity(configuration, directory, brokerPort, controllerPort);
        oneReplicaOfEverything(configuration);
        smallFootprint(configuration);
        behaviour(configuration);
        security.ifPresent(wanted -> secured(configuration, wanted));
        return configuration;
    }

    private static void identity(
            Map<String, String> configuration, Path directory, int brokerPort, int controllerPort) {
        String brokerListener = BROKER + "://" + HOST + ":" + brokerPort;
        configuration.put("process.roles", "broker,controller");
        configuration.put("node.id", Integer.toString(NODE_ID));
        configuration.put("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + controllerPort);
        configuration.put("controller.listener.names", CONTROLLER);
        configuration.put("inter.broker.listener.name", BROKER);
        configuration.put("listeners", brokerListener + "," + CONTROLLER + "://" + HOST + ":" + controllerPort);
        configuration.put("advertised.listeners", brokerListener);
        configuration.put("listener.security.protocol.map", BROKER + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        configuration.put("log.dirs", directory.toString());
    }

    /**
     * Clients and the broker itself speak SCRAM over TLS; the controller, which must be reachable before any SCRAM
     * credential can be read, asks for the broker's own certificate instead.
     */
    private static void secured(Map<String, String> configuration, BrokerSecurity security) {
        String listener = "listener.name." + BROKER.toLowerCase(Locale.ROOT) + ".";
        configuration.put("listener.security.protocol.map", BROKER + ":SASL_SSL," + CONTROLLER + ":SSL");
        configuration.put("sasl.enabled.mechanisms", BrokerSecurity.MECHANISM);
        configuration.put("sasl.mechanism.inter.broker.protocol", BrokerSecurity.MECHANISM);
        configuration.put(
                listener + BrokerSecurity.MECHANISM.toLowerCase(Locale.ROOT) + ".sasl.jaas.config",
                security.brokerLogin());
        configuration.put("ssl.keystore.location", security.keyStore().toString());
        configuration.put("ssl.keystore.password", security.keyStorePassword());
        configuration.put("ssl.truststore.location", security.trustStore().toString());
        configuration.put("ssl.truststore.password", security.trustStorePassword());
        configuration.put("listener.name." + CONTROLLER.toLowerCase(Locale.ROOT) + ".ssl.client.auth", "required");
        configuration.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        configuration.put("allow.everyone.if.no.acl.found", "false");
        configuration.put("super.users", security.superUsers());
    }

    private static void oneReplicaOfEverything(Map<String, String> configuration) {
        configuration.put("default.replication.factor", "1");
        configuration.put("offsets.topic.replication.factor", "1");
        configuration.put("transaction.state.log.replication.factor", "1");
        configuration.put("transaction.state.log.min.isr", "1");
        configuration.put("share.coordinator.state.topic.replication.factor", "1");
        configuration.put("share.coordinator.state.topic.min.isr", "1");
    }

    private static void smallFootprint(Map<String, String> configuration) {
        // The defaults (50 partitions each) make a start three times as long.
        configuration.put("offsets.topic.num.partitions", "1");
        configuration.put("transaction.state.log.num.partitions", "1");
        configuration.put("share.coordinator.state.topic.num.partitions", "1");
        configuration.put("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20));
        configuration.put("num.network.threads", "2");
        configuration.put("num.io.threads", "4");
        configuration.put("background.threads", "2");
        configuration.put("num.recovery.threads.per.data.dir", "2");
        // The operating system sizes the buffers: 100 KiB would bound the transfer of weights.
        configuration.put("socket.send.buffer.bytes", "-1");
        configuration.put("socket.receive.buffer.bytes", "-1");
    }

    private static void behaviour(Map<String, String> configuration) {
        // A misspelt topic is an error, not a new topic without our configuration.
        configuration.put("auto.create.topics.enable", "false");
        configuration.put("group.initial.rebalance.delay.ms", "0");
        // A transaction may stay open for as long as a checkpoint is retried.
        configuration.put("transaction.max.timeout.ms", "7200000");
        // A member of the share group gets its partition with a heartbeat: with Kafka's five seconds a start would
        // wait.
        configuration.put("group.share.min.heartbeat.interval.ms", "200");
        configuration.put("group.share.heartbeat.interval.ms", "500");
        // How often a prompt may be handed out before Kafka gives it up: as often as Kafka allows.
        configuration.put("group.share.delivery.count.limit", "10");
        configuration.put("group.share.min.record.lock.duration.ms", "1000");
        configuration.put("group.share.max.record.lock.duration.ms", "3600000");
        // Trimmed weights go from the disk with the next check: in Kafka's five minutes between two of them, and half a
        // minute before the first, a large policy would fill it.
        configuration.put("log.retention.check.interval.ms", "5000");
        configuration.put("log.initial.task.delay.ms", "5000");
        // Of a killed process the controller thinks so long that it is still there, and lets no other one in: nine
        // seconds with Kafka's default, in which a resumed run would do nothing.
        configuration.put("broker.session.timeout.ms", "3000");
        configuration.put("broker.heartbeat.interval.ms", "500");
    }
}
