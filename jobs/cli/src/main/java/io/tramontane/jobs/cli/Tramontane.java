package io.tramontane.jobs.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code tramontane} command. */
@Command(
        name = "tramontane",
        description = "Reinforcement learning from verifiable rewards as a stream.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Tramontane.Version.class,
        footer = {"", "'tramontane test' runs every test; it is a command of the launcher alone."})
public final class Tramontane implements Runnable {

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "On failure, print where it happened as well.")
    private boolean verbose;

    @Spec
    private CommandSpec spec;

    private Tramontane() {}

    /** Without a command there is nothing to do but to name them. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Runs one command and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(commandLine(
                        new PrintWriter(StandardStreams.out(), true), new PrintWriter(StandardStreams.error(), true))
                .execute(arguments));
    }

    /** The command line writing to the given places; its {@code execute} returns the exit code. */
    public static CommandLine commandLine(PrintWriter out, PrintWriter error) {
        Tramontane root = new Tramontane();
        CommandLine commands = new CommandLine(root);
        available().forEach(commands::addSubcommand);
        commands.setOut(out)
                .setErr(error)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true);
        commands.setExecutionExceptionHandler((exception, command, parsed) -> {
            Failure failure = Failure.of(exception);
            failure.print(command.getErr(), root.verbose);
            return failure.exitCode();
        });
        commands.setParameterExceptionHandler((exception, parsed) -> {
            CommandLine command = exception.getCommandLine();
            command.getErr().println("tramontane: " + exception.getMessage());
            command.getErr().println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
            return CommandLine.ExitCode.USAGE;
        });
        return commands;
    }

    /** All of {@link CommandSet} that is on the class path; on a cluster, where nothing of it is, 'train' alone. */
    private static List<Class<?>> available() {
        List<Class<?>> commands = ServiceLoader.load(CommandSet.class).stream()
                .flatMap(found -> found.get().commands().stream())
                .toList();
        return commands.isEmpty() ? List.of(TrainCommand.class) : commands;
    }

    /** Taken from the jar, where the build has put it. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Tramontane.class.getPackage().getImplementationVersion();
            return new String[] {"tramontane " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
