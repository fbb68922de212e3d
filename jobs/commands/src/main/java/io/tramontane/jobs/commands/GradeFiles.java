package io.tramontane.jobs.commands;

import io.tramontane.jobs.data.grade.GradeFile;
import io.tramontane.jobs.data.grade.LineGrader;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The options by which what to grade, and where verdicts go, is said. */
final class GradeFiles {

    private static final Path TERMINAL = Path.of("-");

    @Option(
            names = "--input",
            paramLabel = "FILE",
            required = true,
            description = "JSON Lines to grade, one object a line.")
    private Path input;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            defaultValue = "-",
            description = "Where the verdicts go, one a line in the same order; '-' prints them (the default).")
    private Path output;

    /** Grades all lines on one thread. */
    void grade(LineGrader grader, CommandLine command) throws IOException {
        grade(grader, 1, command);
    }

    /** Grades all lines; the summary goes where errors go, so that printed verdicts stay machine-readable. */
    void grade(LineGrader grader, int threads, CommandLine command) throws IOException {
        GradeFile file = new GradeFile(input, grader, threads);
        var summary = output.equals(TERMINAL) ? file.gradeTo(command.getOut()) : file.gradeTo(output);
        command.getErr().println(summary);
    }
}
