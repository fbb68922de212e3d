package io.tramontane.tests.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.run.console.RunConsole;
import io.tramontane.jobs.run.local.LocalRun;
import io.tramontane.jobs.run.local.RunContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole run whose verifier hangs, or whose trainer is slow, and its own page, which names that within ten seconds.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class SlowRunITCase {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration START = Duration.ofMinutes(2);
    private static final Pattern ADDRESS = Pattern.compile("run page +(http://\\S+)");

    /** A policy that has learned nothing; what it writes is rewarded at random. */
    private static final List<String> SMALL = List.of(
            "run.id=slow",
            "warm-up.steps=1",
            "evaluation.problems=1",
            "training.maximum-steps=100000",
            "reward.format.gate=false",
            "reward.custom=[{name: moody, component: moody, weight: 1}]");

    @TempDir
    private Path output;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private LocalRun run;
    private RunContext context;
    private Thread thread;

    @AfterEach
    void stop() throws InterruptedException {
        MoodyGraderFactory.goOn();
        run.stop();
        thread.join();
        context.close();
    }

    private PageClient start(String... special) {
        ConfigLoader<TramontaneConfig> loader = TramontaneConfig.loader().set("run.output=" + output);
        SMALL.forEach(loader::set);
        List.of(special).forEach(loader::set);
        TramontaneConfig config = loader.load();
        context = RunContext.open(config);
        run = new LocalRun(
                config,
                new RunDirectory(output.resolve("slow")),
                new RunConsole(new PrintStream(printed, true, StandardCharsets.UTF_8), 0),
                context);
        thread = new Thread(this::runToItsEnd, "run");
        thread.start();
        await().atMost(START).until(() -> ADDRESS.matcher(text()).find());
        Matcher matcher = ADDRESS.matcher(text());
        assertThat(matcher.find()).isTrue();
        return new PageClient(URI.create(matcher.group(1)));
    }

    private void runToItsEnd() {
        try {
            run.run();
        } catch (CancellationException stopped) {
            // As it should.
        }
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aVerifierThatHangs() throws Exception {
        PageClient page = start("pipeline.batching.completions-per-batch=64");
        await().atMost(START).until(() -> page.get("/api/steps").path("steps").size() >= 2);

        MoodyGraderFactory.hang();

        await().atMost(SOON).until(() -> page.cause().equals("VERIFIER_HANGS"));
        assertThat(page.sentence()).startsWith("verifier 'moody' holds ").contains(" completions");
    }

    @Test
    void aSlowTrainer() throws Exception {
        PageClient page = start(
                "pipeline.batching.micro-batch-tokens=96",
                "pipeline.batching.completions-per-batch=512",
                "pipeline.scheduling.maximum-groups-in-flight=64");
        await().atMost(START).until(() -> page.get("/api/steps").path("steps").size() >= 2);

        await().atMost(SOON).until(() -> page.cause().equals("TRAINER_SLOW"));
        assertThat(page.sentence()).startsWith("the trainer is the slowest part: ");
    }
}
