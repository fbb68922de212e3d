package io.tramontane.jobs.run.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.jobs.run.tensorboard.EventReader.Event;
import io.tramontane.pipeline.figures.StepFigure;
import io.tramontane.schemas.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepScalarsTest {

    private static final long STARTED_AT = 1_700_000_000_000L;

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve(StepScalars.FILE_NAME);
    }

    private static Step step(long number) {
        Map<String, Double> metrics = new HashMap<>();
        StepFigure.gauges().forEach(figure -> metrics.put(figure.name(), (double) number));
        metrics.put("component.my.grader.p10", -0.25);
        return Step.newBuilder()
                .setRunId("run")
                .setStep(number)
                .setIncarnation(1L)
                .setGroupIds(List.of())
                .setAdvantageMean(0.0)
                .setAdvantageStd(1.0)
                .setLoss(0.5)
                .setCompletionTokens(7L)
                .setMetrics(metrics)
                .setWeightsHash("")
                .setFinishedAt(STARTED_AT + 1_500 * number)
                .build();
    }

    private void write(long... steps) throws IOException {
        try (StepScalars scalars = StepScalars.in(folder, STARTED_AT)) {
            for (long step : steps) {
                scalars.add(step(step));
            }
        }
    }

    private List<Long> stepsInFile() throws IOException {
        List<Event> events = EventReader.read(file());
        assertThat(events.get(0)).isEqualTo(new Event(STARTED_AT / 1e3, 0, "brain.Event:2", Map.of()));
        return events.stream().skip(1).map(Event::step).toList();
    }

    @Test
    void writesEveryFigureUnderAReadableTag() throws IOException {
        write(1, 300);

        Event event = EventReader.read(file()).get(2);

        assertThat(event.step()).isEqualTo(300);
        assertThat(event.wallTime()).isEqualTo(STARTED_AT / 1e3 + 450);
        assertThat(event.scalars())
                .hasSize(StepFigure.gauges().size() + 2)
                .containsEntry("reward/mean", 300f)
                .containsEntry("policy/loss", 0.5f)
                .containsEntry("component/my.grader/p10", -0.25f);
        assertThat(event.scalars().keySet()).allMatch(tag -> tag.matches("[a-z-]+/[a-z0-9./-]+"));
    }

    @Test
    void whatComesAgainIsNotWrittenAgain() throws IOException {
        write(1, 2, 3);
        byte[] before = Files.readAllBytes(file());
        write(1, 2, 3);
        assertThat(file()).hasBinaryContent(before);

        write(1, 2, 3, 4, 5);

        assertThat(stepsInFile()).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(Arrays.copyOf(Files.readAllBytes(file()), before.length)).isEqualTo(before);
    }

    /** A process may be killed after any byte. */
    @Test
    void anUnfinishedEventIsWrittenAnew() throws IOException {
        write(1, 2, 3);
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(file(), Arrays.copyOf(whole, length));
            write(1, 2, 3);
            assertThat(file()).as("cut off after " + length).hasBinaryContent(whole);
        }
    }

    @Test
    void whatFollowsAWrongByteIsWrittenAnew() throws IOException {
        write(1, 2, 3);
        byte[] whole = Files.readAllBytes(file());
        byte[] damaged = whole.clone();
        damaged[whole.length / 2] ^= 1;
        Files.write(file(), damaged);

        write(1, 2, 3);

        assertThat(file()).hasBinaryContent(whole);
    }
}
