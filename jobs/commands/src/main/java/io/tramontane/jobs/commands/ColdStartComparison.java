package io.tramontane.jobs.commands;

import io.tramontane.jobs.evaluation.EvaluationReport;
import io.tramontane.jobs.evaluation.EvaluationReport.Sampling;
import io.tramontane.jobs.evaluation.EvaluationSettings;
import io.tramontane.jobs.evaluation.coldstart.Trace;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.kernel.folder.RunSettings;
import io.tramontane.jobs.page.comparison.ColdStartTable;
import io.tramontane.jobs.page.comparison.ColdStartTable.Way;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.run.console.RunConsole;
import io.tramontane.jobs.run.local.LocalRun;
import io.tramontane.jobs.run.local.PolicyEvaluation;
import io.tramontane.jobs.run.local.RunContext;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.files.PolicyFiles;
import io.tramontane.rewards.composition.RewardFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;

/**
 * A small policy four ways: as it is, fine-tuned on a larger one's traces, reinforced, and both. Each part is a folder
 * that is not made again when it is there, so a comparison that was stopped goes on where it was. Used by one thread.
 */
final class ColdStartComparison {

    private static final int INTERRUPTED = 130;

    /** Reads what is learnt from. */
    @FunctionalInterface
    interface Traces {
        List<Trace> read() throws IOException;
    }

    /** Makes the policy to begin with. */
    @FunctionalInterface
    interface Student {
        PolicyBundle make() throws IOException;
    }

    private final TramontaneConfig config;
    private final TramontaneConfig measuring;
    private final Path root;
    private final RunConsole console;

    /**
     * @param config of the reinforcement, except run and brokers
     * @param measuring by which all policies are evaluated
     * @param root the folder that holds everything
     */
    ColdStartComparison(TramontaneConfig config, TramontaneConfig measuring, Path root, RunConsole console) {
        this.config = config;
        this.measuring = measuring;
        this.root = root;
        this.console = console;
    }

    /**
     * @param fineTuning of the student on the traces
     * @return the exit code
     */
    int run(Traces traces, Student student, BiFunction<PolicyBundle, List<Trace>, PolicyBundle> fineTuning)
            throws IOException {
        Map<Way, Path> policies = new EnumMap<>(Way.class);
        Path small = root.resolve("small");
        Path fineTuned = root.resolve("sft");
        // A run with nothing to learn from is found before the student is made, which takes minutes.
        List<Trace> learnt = Files.exists(fineTuned) ? List.of() : traces.read();
        if (!Files.exists(small)) {
            PolicyFiles.save(small, student.make());
        }
        policies.put(Way.SMALL, small);
        if (!Files.exists(fineTuned)) {
            PolicyFiles.save(fineTuned, fineTuning.apply(PolicyFiles.load(small), learnt));
        }
        policies.put(Way.FINE_TUNED, fineTuned);
        try {
            policies.put(Way.REINFORCED, reinforced("rl", small));
            policies.put(Way.BOTH, reinforced("sft-rl", fineTuned));
        } catch (CancellationException e) {
            console.say("stopped", "go on with the same command");
            return INTERRUPTED;
        }
        console.print(table(policies));
        return 0;
    }

    /** The policy after a run from the given one, in a folder of that name. */
    private Path reinforced(String name, Path base) throws IOException {
        RunDirectory directory = new RunDirectory(root.resolve(name));
        if (Files.exists(directory.summary())) {
            return directory.trainedPolicy();
        }
        // Each run has topics of its own, whatever brokers the recorded run was on.
        TramontaneConfig own = config.withRun(new RunSettings(name, config.run().seed(), root))
                .withKafka(new KafkaSettings(KafkaSettings.EMBEDDED, Map.of()));
        TramontaneConfig resumed = Files.exists(directory.configuration())
                ? RunFolder.located(RunFolder.configurationOf(directory.root()).load(), directory.root())
                : own;
        RunFolder.create(resumed);
        if (!Files.exists(directory.basePolicy())) {
            PolicyFiles.save(directory.basePolicy(), PolicyFiles.load(base));
        }
        console.say("run", "%s", directory.root());
        try (RunContext context = RunContext.open(resumed)) {
            LocalRun run = new LocalRun(resumed, directory, console, context);
            Interruption interruption = Interruption.stoppingBy(run::stop);
            try {
                run.run();
            } finally {
                interruption.close();
            }
        }
        return directory.trainedPolicy();
    }

    private String table(Map<Way, Path> policies) throws IOException {
        ColdStartTable table = null;
        try (RewardFunction rewards = new RewardFunction(measuring.reward())) {
            PolicyEvaluation evaluation = new PolicyEvaluation(measuring, rewards);
            for (Map.Entry<Way, Path> policy : policies.entrySet()) {
                EvaluationReport report = report(evaluation, policy.getValue());
                table = table == null ? new ColdStartTable(report) : table;
                table.add(policy.getKey(), report);
            }
        }
        return table.render();
    }

    private EvaluationReport report(PolicyEvaluation evaluation, Path policy) throws IOException {
        EvaluationSettings settings = measuring.evaluation();
        return EvaluationReport.of(
                policy.toString(),
                new Sampling(
                        settings.temperature(),
                        settings.maximumNewTokens(),
                        measuring.run().seed(),
                        settings.confidence()),
                evaluation.outcomes(policy, problem -> "", (graded, of) -> console.progress("sampling", graded, of)),
                List.of(1));
    }
}
