package io.tramontane.kafka.broker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How an embedded broker is locked: TLS, SCRAM users, and access control lists without which nobody but an
 * administrator may do anything.
 *
 * @param keyStore PKCS 12 file with the broker's key and a certificate for the address 127.0.0.1
 * @param keyStorePassword of the file and its key
 * @param trustStore PKCS 12 file with the authority that signed the certificate
 * @param trustStorePassword of that file
 * @param administrator a user of {@code users} who may do everything; the broker itself logs in as this user
 * @param users password by name. They are made when the directory is formatted and stay as they are then
 */
public record BrokerSecurity(
        Path keyStore,
        String keyStorePassword,
        Path trustStore,
        String trustStorePassword,
        String administrator,
        Map<String, String> users) {

    /** How users log in. */
    public static final String MECHANISM = "SCRAM-SHA-512";

    public BrokerSecurity {
        users = new TreeMap<>(users);
        if (!users.containsKey(administrator)) {
            throw new IllegalArgumentException("the administrator " + administrator + " is not among the users");
        }
    }

    /** What a client of that user has to set, secrets in clear text: for tests and for processes made by this one. */
    public Map<String, String> clientProperties(String user) {
        return Map.of(
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                MECHANISM,
                "sasl.jaas.config",
                login(user),
                "ssl.truststore.type",
                "PKCS12",
                "ssl.truststore.location",
                trustStore.toString(),
                "ssl.truststore.password",
                trustStorePassword);
    }

    String brokerLogin() {
        return login(administrator);
    }

    private String login(String user) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user + "\" password=\""
                + users.get(user) + "\";";
    }

    /** For the formatting of a directory. */
    List<String> scramArguments() {
        List<String> arguments = new ArrayList<>();
        users.forEach((name, password) -> arguments.add(MECHANISM + "=[name=" + name + ",password=" + password + "]"));
        return arguments;
    }

    /** The administrator, and the broker as its certificate names it to the controller. */
    String superUsers() {
        return "User:" + administrator + ";User:" + certificateName();
    }

    private String certificateName() {
        try (InputStream file = Files.newInputStream(keyStore)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(file, keyStorePassword.toCharArray());
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias) && store.getCertificate(alias) instanceof X509Certificate certificate) {
                    return certificate.getSubjectX500Principal().getName();
                }
            }
            throw new BrokerStartException("the key store " + keyStore + " holds no key with a certificate");
        } catch (IOException | GeneralSecurityException e) {
            throw new BrokerStartException("the key store " + keyStore + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Without the passwords. */
    @Override
    public String toString() {
        return "BrokerSecurity[keyStore=" + keyStore + ", trustStore=" + trustStore + ", administrator=" + administrator
                + ", users=" + users.keySet() + "]";
    }
}
