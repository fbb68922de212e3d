package io.tramontane.tests.extension;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.policy.objective.AdvantageEstimator;
import io.tramontane.policy.objective.AdvantagePlugin;
import io.tramontane.policy.objective.LossDivisor;
import io.tramontane.policy.objective.LossInput;
import io.tramontane.policy.objective.LossResult;
import io.tramontane.policy.objective.PolicyLoss;
import io.tramontane.policy.objective.PolicyLossPlugin;
import io.tramontane.policy.objective.testkit.AdvantageProperty;
import io.tramontane.policy.objective.testkit.AdvantageTestKit;
import io.tramontane.policy.objective.testkit.LossTestKit;
import io.tramontane.policy.objective.testkit.SampleInputs;
import io.tramontane.rewards.Grade;
import io.tramontane.rewards.Grader;
import io.tramontane.rewards.GraderPlugin;
import io.tramontane.rewards.RewardProblem;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.custom.GraderFactory;
import io.tramontane.rewards.format.ParsedCompletion;
import io.tramontane.schemas.plugin.NoSettings;
import io.tramontane.schemas.plugin.Plugin;
import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What users implement and call in projects of their own: every public method and constructor, as a file. A line that
 * changes breaks a jar that somebody has built; one that is added does not.
 *
 * <p>{@code -Dtramontane.surface.write=true} writes the file.
 */
class PublicSurfaceTest {

    private static final Path STORED = Path.of("src", "test", "resources", "public-surface.txt");
    private static final List<Class<?>> PUBLIC = List.of(
            GraderFactory.class,
            Grader.class,
            RewardRequest.class,
            RewardRequest.Builder.class,
            ParsedCompletion.class,
            Grade.class,
            GraderPlugin.class,
            Plugin.class,
            NoSettings.class,
            RewardProblem.class,
            PolicyLossPlugin.class,
            PolicyLoss.class,
            LossInput.class,
            LossResult.class,
            LossDivisor.class,
            LossTestKit.class,
            LossTestKit.Surrogate.class,
            SampleInputs.class,
            AdvantagePlugin.class,
            AdvantageEstimator.class,
            AdvantageTestKit.class,
            AdvantageProperty.class);

    @Test
    void theSurfaceIsTheStoredOne() throws IOException {
        String surface = PUBLIC.stream().map(PublicSurfaceTest::signatures).collect(Collectors.joining("\n"));
        if (Boolean.getBoolean("tramontane.surface.write")) {
            Files.writeString(STORED, surface);
        }
        assertThat(surface).isEqualTo(Files.readString(STORED));
    }

    private static String signatures(Class<?> type) {
        return Stream.concat(Stream.of(type.getDeclaredConstructors()), Stream.of(type.getDeclaredMethods()))
                .filter(member -> Modifier.isPublic(member.getModifiers()) && !member.isSynthetic())
                .map(Executable::toGenericString)
                .sorted()
                .collect(Collectors.joining("\n", type.getName() + "\n", "\n"));
    }
}
