package io.tramontane.jobs.commands;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Grades answers from a file. */
@Command(
        name = "grade",
        description = "Grade answers from a file with the verifiers of training, without a job.",
        subcommands = {GradeMathCommand.class, GradeCodeCommand.class},
        mixinStandardHelpOptions = true)
final class GradeCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    /** Without a subcommand there is nothing to grade. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
