package io.tramontane.tests.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tramontane.jobs.data.job.JobConfig;
import io.tramontane.jobs.kernel.config.ConfigWriter;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.composition.RewardFunction;
import io.tramontane.rewards.composition.ScoreCard;
import io.tramontane.rewards.composition.WeightedGrader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example project of a reward component, built by Maven outside of our build against the jars that it would find
 * installed, and put on the class path of a reward.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ExampleRewardITCase {

    @TempDir(cleanup = CleanupMode.ALWAYS)
    private Path folder;

    @Test
    void aComponentFromAJarOfItsOwnGrades() throws Exception {
        Path built = ExampleProject.build("reward", folder, "schemas", "operators/rewards");

        URL jar = built.resolve("brevity.jar").toUri().toURL();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader users = new URLClassLoader(new URL[] {jar}, before)) {
            thread.setContextClassLoader(users);
            JobConfig config = JobConfig.loader()
                    .set("reward.brevity.weight=0.5")
                    .set("reward.brevity.words=3")
                    .set("reward.custom=[{name: wordy, component: brevity, weight: -1, options: {words: 4}}]")
                    .load();
            try (RewardFunction rewards = new RewardFunction(config.reward())) {
                assertThat(rewards.graders())
                        .extracting(WeightedGrader::name, WeightedGrader::custom)
                        .containsExactly(
                                tuple("correctness", false),
                                tuple("length", false),
                                tuple("language", false),
                                tuple("brevity", true),
                                tuple("wordy", true));
                assertThat(values(rewards, "<think>one and two</think>It is \\boxed{3}."))
                        .containsExactly(0.5, -1.0);
                assertThat(values(rewards, "<think>one and two</think>It must be \\boxed{3}."))
                        .containsExactly(0.0, -1.0);
                assertThat(values(rewards, "<think>one and two</think>It seems to be \\boxed{3}."))
                        .containsExactly(0.0, 0.0);
            }
            // What a run stores is read again by its next start.
            Path stored = Files.writeString(folder.resolve("stored.yaml"), ConfigWriter.toYaml(config));
            assertThat(JobConfig.loader().stored(stored).load()).isEqualTo(config);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static List<Double> values(RewardFunction rewards, String text) {
        ScoreCard card = rewards.score(request(text));
        return Stream.of("brevity", "wordy")
                .map(name -> card.component(name).orElseThrow().getValue())
                .toList();
    }

    private static RewardRequest request(String text) {
        return RewardRequest.builder()
                .completionId("run/1/p/0")
                .groupId("run/1/p")
                .problem("What is 1 + 2?")
                .reference("3")
                .language("en")
                .text(text)
                .completionTokens(12)
                .build();
    }
}
