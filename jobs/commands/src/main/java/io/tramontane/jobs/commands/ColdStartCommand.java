package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.ConfigOptions;
import io.tramontane.jobs.data.dataset.DatasetSettings;
import io.tramontane.jobs.evaluation.coldstart.ColdStart;
import io.tramontane.jobs.evaluation.coldstart.Trace;
import io.tramontane.jobs.evaluation.coldstart.TraceSelection;
import io.tramontane.jobs.evaluation.warmup.WarmUp;
import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.run.console.RunConsole;
import io.tramontane.jobs.run.local.RunKafka;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.files.PolicyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a base policy from what a recorded run got right. */
@Command(
        name = "coldstart",
        description = {
            "Fine-tune a policy, most often a smaller one, on the correct completions that a run has recorded, with a share"
                    + " of general data (settings: cold-start.…). It reads and writes with the run's tokenizer.",
            "The student is the policy of --student, or one that the warm-up makes in the shape of the settings policy.…"
                    + " Reinforcement learning goes on with: ./tramontane run --policy TO"
        },
        mixinStandardHelpOptions = true)
final class ColdStartCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "RUN", description = "The folder of the run to learn from, runs/<id>.")
    private Path folder;

    @Parameters(index = "1", paramLabel = "TO", description = "The folder to make.")
    private Path target;

    @Option(
            names = "--student",
            paramLabel = "FOLDER",
            description = "The policy to begin with, in Hugging Face layout; its tokenizer must be the run's.")
    private Path student;

    @Option(
            names = "--table",
            description =
                    "Compare: the student as it is, fine-tuned, reinforced, and both. TO then holds the four policies;"
                            + " what is there already is not made again.")
    private boolean table;

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "8",
            description = "With --table: completions of each held-out problem (default: ${DEFAULT-VALUE}).")
    private String samples;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    private final RunConsole console = TerminalConsole.open();

    @Override
    public Integer call() throws IOException {
        TramontaneConfig config = RunFolder.located(configuration().load(), folder);
        requireGeneralData(config);
        if (table) {
            TramontaneConfig measuring = configuration()
                    .option("--samples", "evaluation.samples-per-problem", samples)
                    .load();
            return new ColdStartComparison(config, measuring, target, console)
                    .run(
                            () -> traces(config),
                            () -> student(config),
                            (small, traces) -> fineTuned(config, small, traces));
        }
        if (Files.exists(target)) {
            throw new RunFailure(target + " exists already");
        }
        // Before the warm-up, which takes minutes.
        List<Trace> traces = traces(config);
        PolicyFiles.save(target, fineTuned(config, student(config), traces));
        console.say("base policy", "%s; reinforce it with: ./tramontane run --policy %s", target, target);
        return 0;
    }

    private ConfigLoader<TramontaneConfig> configuration() {
        return options.applyTo(RunFolder.configurationOf(folder));
    }

    /** Warm-up and general data both are demonstrations of the built-in task. */
    private void requireGeneralData(TramontaneConfig config) {
        boolean builtIn = config.dataset().source() == DatasetSettings.Source.WORD_PROBLEMS;
        if (!builtIn && (student == null || config.coldStart().generalShare() > 0)) {
            throw new RunFailure("demonstrations are of the built-in task, and the run " + folder + " is of another:"
                    + " begin with a policy (--student) and without general data (--set cold-start.general-share=0)");
        }
    }

    private PolicyBundle student(TramontaneConfig config) throws IOException {
        PolicyBundle teacher = PolicyFiles.load(RunFolder.of(config).basePolicy());
        if (student == null) {
            return new WarmUp(config.policy(), config.warmUp(), config.run().seed())
                    .runWithTokenizerOf(teacher, console::warmUp);
        }
        PolicyBundle given = PolicyFiles.load(student);
        if (!given.tokenizerJson().equals(teacher.tokenizerJson())
                || given.endOfSequence() != teacher.endOfSequence()) {
            throw new RunFailure("the policy " + student + " has another tokenizer than the run " + folder);
        }
        return given;
    }

    private PolicyBundle fineTuned(TramontaneConfig config, PolicyBundle small, List<Trace> traces) {
        var coldStart = new ColdStart(
                config.coldStart(), config.warmUp().mix(), config.run().seed());
        console.say("general data", "%,d demonstrations", coldStart.demonstrations(traces.size()));
        return coldStart.run(small, traces, console::coldStart);
    }

    private List<Trace> traces(TramontaneConfig config) throws IOException {
        RunDirectory directory = RunFolder.of(config);
        int positions = student == null
                ? config.policy().maximumPositions()
                : PolicyFiles.load(student).config().maximumPositions();
        boolean embedded = config.kafka().embedded();
        if (embedded && !Files.exists(directory.kafka())) {
            throw new RunFailure("run " + directory.id() + " has recorded nothing yet");
        }
        var selection =
                new TraceSelection(config.coldStart().traces(), config.run().seed(), positions);
        try (RunKafka kafka = RunKafka.open(config, directory)) {
            selection.addAll(kafka.settings(), directory.id());
        }
        List<Trace> traces = selection.traces();
        console.say(
                "traces",
                "%,d chosen of %,d correct of %,d completions; %,d are too long for the student",
                traces.size(),
                selection.correct(),
                selection.completions(),
                selection.tooLong());
        if (traces.isEmpty()) {
            throw new RunFailure("run " + directory.id() + " has no correct completion to learn from, among "
                    + selection.completions() + " recorded");
        }
        return traces;
    }
}
