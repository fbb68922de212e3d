package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.ConfigOptions;
import io.tramontane.jobs.lab.code.CodeBenchmark;
import io.tramontane.jobs.run.config.TramontaneConfig;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures what isolating programs costs. */
@Command(
        name = "code",
        description = "CPU time of a C++ submission with 20 tests: in the sandbox, without isolation, and without the"
                + " precompiled header.",
        mixinStandardHelpOptions = true)
final class BenchCodeCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "7",
            description = "How often each of three programs is measured each way (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (rounds < 1) {
            throw new ParameterException(spec.commandLine(), "--rounds must be at least 1");
        }
        var settings =
                options.applyTo(TramontaneConfig.loader()).load().reward().code();
        spec.commandLine().getOut().println(CodeBenchmark.run(settings, rounds));
        return 0;
    }
}
