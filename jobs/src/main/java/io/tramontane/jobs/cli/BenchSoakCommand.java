package io.tramontane.jobs.cli;

import io.tramontane.jobs.config.ConfigLoader;
import io.tramontane.jobs.config.RunSettings;
import io.tramontane.jobs.config.TramontaneConfig;
import io.tramontane.jobs.local.RunConsole;
import io.tramontane.jobs.local.RunDirectory;
import io.tramontane.jobs.local.RunFailure;
import io.tramontane.jobs.soak.SoakFault;
import io.tramontane.jobs.soak.SoakReport;
import io.tramontane.jobs.soak.SoakRun;
import io.tramontane.jobs.warmup.WarmUp;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.files.PolicyFiles;
import io.tramontane.policy.tokenizer.PolicyTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A long run with faults in one process. */
@Command(
        name = "soak",
        description = {
            "Train in this process at full rate while about once a minute something goes wrong: TaskManager or generator"
                    + " lost, broker restarted, completions duplicated or corrupted.",
            "Memory, open files, threads and native arrays are sampled, drawn (soak.html) and judged; one that grows"
                    + " fails the command.",
            "The collector takes and returns heap as other programs leave it time: for a resident memory that says"
                    + " something of its own, fix the heap with"
                    + " TRAMONTANE_JAVA_OPTIONS='-Xms1g -Xmx1g -XX:+AlwaysPreTouch'."
        },
        mixinStandardHelpOptions = true)
final class BenchSoakCommand implements Callable<Integer> {

    /** Steps without end, in practice. */
    private static final String UNBOUNDED = Long.toString(Long.MAX_VALUE);

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "30",
            description = "How long (default: ${DEFAULT-VALUE}).")
    private int minutes;

    @Option(names = "--output", paramLabel = "DIR", required = true, description = "Folder for run, samples and page.")
    private Path output;

    @Option(
            names = "--every-seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "Time from one fault to the next, give or take a quarter (default: ${DEFAULT-VALUE}).")
    private int everySeconds;

    @Option(
            names = "--kinds",
            paramLabel = "KIND",
            split = ",",
            description = "What may go wrong, of ${COMPLETION-CANDIDATES} (default: all).")
    private List<SoakFault> kinds = List.of(SoakFault.values());

    @Option(
            names = "--policy",
            paramLabel = "BASE",
            description = "Folder of the base policy, in Hugging Face layout; else a warm-up makes it.")
    private Path policy;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (minutes < 1 || everySeconds < 1) {
            throw new ParameterException(spec.commandLine(), "--minutes and --every-seconds must be at least 1");
        }
        ConfigLoader loader = options.applyTo(new ConfigLoader())
                .option("bench soak", "training.maximum-steps", UNBOUNDED)
                .option("bench soak", "flink.restart-attempts", "-1");
        TramontaneConfig loaded = loader.load();
        TramontaneConfig config =
                loaded.withRun(new RunSettings("soak", loaded.run().seed(), output));
        if (Files.exists(RunFolder.of(config).configuration())) {
            throw new RunFailure("there is a soak in " + output + " already; choose another --output");
        }
        RunDirectory directory = RunFolder.create(config);
        RunConsole console = StandardStreams.console();
        PolicyBundle base = policy == null ? warmUp(config, console) : PolicyFiles.load(policy);
        PolicyFiles.save(directory.basePolicy(), base);
        try (PolicyTokenizer tokenizer = PolicyFiles.loadTokenizer(directory.basePolicy())) {
            SoakReport report = new SoakRun(
                            config,
                            directory,
                            console,
                            base,
                            tokenizer,
                            new SoakRun.Plan(Duration.ofMinutes(minutes), Duration.ofSeconds(everySeconds), kinds))
                    .run();
            console.say("page", "%s", report.write(output));
            console.print(report.toString());
            return report.level() ? 0 : 1;
        }
    }

    private static PolicyBundle warmUp(TramontaneConfig config, RunConsole console) {
        return new WarmUp(config.policy(), config.warmUp(), config.run().seed()).run(console::warmUp);
    }
}
