package io.tramontane.jobs.commands;

import io.tramontane.jobs.lab.soak.SoakFault;
import io.tramontane.jobs.lab.soak.SoakReport;
import io.tramontane.jobs.lab.soak.SoakRun;
import io.tramontane.jobs.run.console.RunConsole;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
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

    @Mixin
    private EndlessRunOptions run = new EndlessRunOptions();

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "30",
            description = "How long (default: ${DEFAULT-VALUE}).")
    private int minutes;

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

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (minutes < 1 || everySeconds < 1) {
            throw new ParameterException(spec.commandLine(), "--minutes and --every-seconds must be at least 1");
        }
        RunConsole console = TerminalConsole.open();
        SoakRun.Plan plan = new SoakRun.Plan(Duration.ofMinutes(minutes), Duration.ofSeconds(everySeconds), kinds);
        return run.measure("bench soak", UnaryOperator.identity(), console, parts -> {
            SoakReport report = new SoakRun(parts, console, plan).run();
            console.say("page", "%s", report.write(run.output()));
            console.print(report.toString());
            return report.level() ? 0 : 1;
        });
    }
}
