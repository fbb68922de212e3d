package io.tramontane.tests.infra;

import io.tramontane.jobs.cli.Tramontane;
import io.tramontane.jobs.kernel.config.ConfigException;
import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.run.config.TramontaneConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Command lines that are written down somewhere, checked against the command line there is. */
final class CommandLines {

    private CommandLines() {}

    /**
     * Parses a command line as the program would, and loads the settings that it gives one by one.
     *
     * @param arguments without the program's name
     * @throws AssertionError when the program would refuse it
     */
    static void check(List<String> arguments) {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        try {
            ParseResult parsed = Tramontane.commandLine(nowhere, nowhere).parseArgs(arguments.toArray(String[]::new));
            ConfigLoader<TramontaneConfig> loader = TramontaneConfig.loader();
            settings(parsed).forEach(loader::set);
            loader.load();
        } catch (CommandLine.ParameterException | ConfigException e) {
            throw new AssertionError("tramontane " + String.join(" ", arguments) + ": " + e.getMessage(), e);
        }
    }

    private static List<String> settings(ParseResult parsed) {
        List<String> settings = new ArrayList<>();
        for (ParseResult command : parsed.asCommandLineList().stream()
                .map(CommandLine::getParseResult)
                .toList()) {
            if (command.hasMatchedOption("--set")) {
                List<String> values = command.matchedOptionValue("--set", List.of());
                settings.addAll(values);
            }
        }
        return settings;
    }
}
