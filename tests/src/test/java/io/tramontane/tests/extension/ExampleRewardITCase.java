package io.tramontane.tests.extension;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.jobs.data.job.JobConfig;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.composition.RewardFunction;
import io.tramontane.rewards.composition.ScoreCard;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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
                    .set("reward.custom=[{name: short-answer, component: brevity, weight: 0.5, options: {words: 3}}]")
                    .load();
            try (RewardFunction rewards = new RewardFunction(config.reward())) {
                assertThat(value(rewards, "<think>one and two</think>It is \\boxed{3}."))
                        .isEqualTo(0.5);
                assertThat(value(rewards, "<think>one and two</think>It seems to be \\boxed{3}."))
                        .isZero();
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static double value(RewardFunction rewards, String text) {
        ScoreCard card = rewards.score(request(text));
        return card.component("short-answer").orElseThrow().getValue();
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
