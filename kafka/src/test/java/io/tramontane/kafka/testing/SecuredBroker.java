package io.tramontane.kafka.testing;

import io.tramontane.kafka.AdminConnection;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.broker.BrokerSecurity;
import io.tramontane.kafka.broker.EmbeddedBroker;
import io.tramontane.kafka.security.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.acl.AclBinding;

/** A broker behind TLS, SCRAM and access control lists, with one user for each {@link Role} and no rights granted. */
public final class SecuredBroker implements AutoCloseable {

    private static final String ADMINISTRATOR = "administrator";
    private static final String STORE_PASSWORD = "of-the-stores";

    private final EmbeddedBroker broker;
    private final BrokerSecurity security;

    private SecuredBroker(EmbeddedBroker broker, BrokerSecurity security) {
        this.broker = broker;
        this.security = security;
    }

    /** @param directory for the broker's data and its key */
    public static SecuredBroker start(Path directory) throws IOException, InterruptedException {
        Path keyStore = directory.resolve("broker.p12");
        Path certificate = directory.resolve("broker.crt");
        Path trustStore = directory.resolve("trust.p12");
        keytool("-genkeypair", "-alias", "broker", "-keyalg", "EC", "-dname", "CN=broker", "-validity", "2")
                .with("-ext", "san=ip:127.0.0.1")
                .on(keyStore);
        keytool("-exportcert", "-alias", "broker", "-file", certificate.toString())
                .on(keyStore);
        keytool("-importcert", "-alias", "broker", "-noprompt", "-file", certificate.toString())
                .on(trustStore);

        Map<String, String> users = new HashMap<>();
        users.put(ADMINISTRATOR, "password-of-" + ADMINISTRATOR);
        for (Role role : Role.values()) {
            users.put(user(role), password(role));
        }
        BrokerSecurity security =
                new BrokerSecurity(keyStore, STORE_PASSWORD, trustStore, STORE_PASSWORD, ADMINISTRATOR, users);
        return new SecuredBroker(EmbeddedBroker.start(directory.resolve("data"), 0, security), security);
    }

    /** The name under which a role logs in. */
    public static String user(Role role) {
        return role.label();
    }

    /** What it logs in with. */
    public static String password(Role role) {
        return "password-of-" + user(role);
    }

    /** Settings under which a client has the role's user. */
    public KafkaSettings as(Role role) {
        return new KafkaSettings(broker.bootstrapServers(), security.clientProperties(user(role)));
    }

    /** The same settings as a configuration file has them, the passwords taken from environment variables. */
    public Map<String, String> propertiesWithReferences(Role role, String passwordVariable, String storeVariable) {
        Map<String, String> properties = new HashMap<>(security.clientProperties(user(role)));
        properties.replaceAll((key, value) -> value.replace(password(role), "${env:" + passwordVariable + "}")
                .replace(STORE_PASSWORD, "${env:" + storeVariable + "}"));
        return properties;
    }

    /** The password of the trust store. */
    public String storePassword() {
        return STORE_PASSWORD;
    }

    /** {@code host:port} of the secured listener. */
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** Grants the role what it needs in the run. */
    public void allow(Role role, String runId) {
        apply(role.bindings(runId, "User:" + user(role)));
    }

    private void apply(List<AclBinding> bindings) {
        var administrator = new KafkaSettings(broker.bootstrapServers(), security.clientProperties(ADMINISTRATOR));
        try (AdminConnection connection = AdminConnection.open(administrator)) {
            connection.await(connection.admin().createAcls(bindings).all());
        }
    }

    @Override
    public void close() {
        broker.close();
    }

    private static Keytool keytool(String... arguments) {
        return new Keytool(new ArrayList<>(List.of(arguments)));
    }

    /** The JDK's own tool, which the JDK has no interface for. */
    private record Keytool(List<String> arguments) {

        Keytool with(String... more) {
            arguments.addAll(List.of(more));
            return this;
        }

        void on(Path store) throws IOException, InterruptedException {
            List<String> command = new ArrayList<>();
            command.add(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
            command.addAll(arguments);
            command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12"));
            command.addAll(List.of("-storepass", STORE_PASSWORD));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException("keytool failed: " + output);
            }
        }
    }
}
