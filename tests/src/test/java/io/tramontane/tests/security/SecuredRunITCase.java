package io.tramontane.tests.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tramontane.jobs.evaluation.warmup.WarmUp;
import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.kafka.records.TopicReader;
import io.tramontane.kafka.security.Role;
import io.tramontane.kafka.testing.SecuredBroker;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.kafka.topics.TopicAdmin;
import io.tramontane.policy.files.PolicyFiles;
import io.tramontane.schemas.Step;
import io.tramontane.tests.process.Programs;
import io.tramontane.tests.process.SmallPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The training job and a generator as processes of their own against a broker with TLS, SCRAM and access control: each
 * has the rights of its role and no other, and its password from the environment.
 */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class SecuredRunITCase {

    private static final String RUN = "secured";
    private static final String PASSWORD = "KAFKA_PASSWORD";
    private static final String STORE_PASSWORD = "STORE_PASSWORD";
    private static final int STEPS = 3;

    private static final List<String> SMALL = SmallPolicy.with(
            "run.id=" + RUN,
            "training.maximum-steps=" + STEPS,
            "pipeline.scheduling.group-size=8",
            "pipeline.scheduling.maximum-groups-in-flight=16",
            "pipeline.batching.completions-per-batch=64");

    @TempDir
    private Path folder;

    private Programs programs;

    @BeforeEach
    void startPrograms() {
        programs = new Programs(folder);
    }

    @AfterEach
    void endPrograms() {
        programs.close();
    }

    @Test
    void trainsWithTheLeastRightsAndPrintsNoSecret() throws Exception {
        Path policy = folder.resolve("base");
        makePolicy(policy);
        try (SecuredBroker broker = SecuredBroker.start(folder)) {
            for (Role role : Role.values()) {
                broker.allow(role, RUN);
            }
            try (TopicAdmin topics = new TopicAdmin(broker.as(Role.OPERATOR))) {
                topics.createMissing(RUN);
            }
            Process job = start(broker, Role.JOB, "train", policy);
            Process generator = start(broker, Role.GENERATOR, "generate", policy);

            await().atMost(Duration.ofMinutes(4))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> !job.isAlive()
                            || !generator.isAlive()
                            || steps(broker).size() >= STEPS);

            assertThat(steps(broker))
                    .as(() -> log(Role.JOB) + log(Role.GENERATOR))
                    .hasSize(STEPS);
            assertThat(generator.isAlive()).as(() -> log(Role.GENERATOR)).isTrue();
        }
        for (Role role : List.of(Role.JOB, Role.GENERATOR)) {
            assertThat(log(role)).doesNotContain(SecuredBroker.password(role));
        }
    }

    private static List<Step> steps(SecuredBroker broker) {
        return TopicReader.readAll(broker.as(Role.READER), Topic.STEPS, RUN, Step.class);
    }

    private static void makePolicy(Path target) throws IOException {
        ConfigLoader<TramontaneConfig> loader = TramontaneConfig.loader();
        SMALL.forEach(loader::set);
        TramontaneConfig config = loader.load();
        WarmUp warmUp =
                new WarmUp(config.policy(), config.warmUp(), config.run().seed());
        PolicyFiles.save(target, warmUp.run((step, steps, loss) -> {}));
    }

    private Process start(SecuredBroker broker, Role role, String command, Path policy) throws IOException {
        List<String> line = new ArrayList<>(List.of(command, "--policy", policy.toString(), "--topics-exist"));
        SMALL.forEach(setting -> line.addAll(List.of("--set", setting)));
        line.addAll(List.of("--set", "kafka.bootstrap-servers=" + broker.bootstrapServers()));
        Map<String, String> login = broker.propertiesWithReferences(role, PASSWORD, STORE_PASSWORD);
        login.forEach((key, value) -> line.addAll(List.of("--set", "kafka.properties." + key + "=" + value)));
        return programs.start(
                logName(role),
                Map.of(PASSWORD, SecuredBroker.password(role), STORE_PASSWORD, broker.storePassword()),
                line);
    }

    private static String logName(Role role) {
        return role.label() + ".log";
    }

    private String log(Role role) {
        return programs.log(logName(role));
    }
}
