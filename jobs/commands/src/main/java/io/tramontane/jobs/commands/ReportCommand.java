package io.tramontane.jobs.commands;

import io.tramontane.jobs.page.report.HtmlReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the page about a run, finished or not. */
@Command(
        name = "report",
        description = "Write report.html into a run's folder: results, curves, completions, configuration.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FOLDER", description = "The run's folder, runs/<id>.")
    private Path run;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        spec.commandLine().getOut().println("wrote " + HtmlReport.write(run));
        return 0;
    }
}
