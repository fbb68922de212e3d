package io.tramontane.jobs.commands.documentation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The reference of all commands: an index, then a section for each with its parameters and options. */
public final class CommandTable {

    private static final String INTRODUCTION = """
            # Commands

            Generated from the command line by `./tramontane docs`; do not edit. `./tramontane COMMAND --help` says the
            same. Most commands take `--config FILE.yaml` and `--set key=value`; all keys are in
            [CONFIGURATION.md](CONFIGURATION.md). `./tramontane test`, which runs every test, is a command of the launcher.
            """;

    private static final String HEADER = "| parameter or option | default | meaning |\n|---|---|---|\n";

    /** Documents that say more than the help of a command can; links from the folder of the reference. */
    private static final Map<String, String> PAGES = Map.ofEntries(
            Map.entry(
                    "run", "[quick start](../infra/guides/quick-start.md), [stages](CURRICULUM.md), [forks](FORKS.md)"),
            Map.entry("compare", "[ABLATIONS.md](ABLATIONS.md)"),
            Map.entry("replay", "[replay and ablation](../infra/guides/replay.md)"),
            Map.entry("evaluate", "[EVALUATION.md](EVALUATION.md)"),
            Map.entry("dataset", "[DATASETS.md](DATASETS.md)"),
            Map.entry("curate", "[curation](DATASETS.md#curation)"),
            Map.entry("repair-tests", "[repair of tests](DATASETS.md#repair-of-tests)"),
            Map.entry("dashboard", "[PAGE.md](PAGE.md)"),
            Map.entry("access", "[ACCESS.md](../kafka/ACCESS.md), [SECURITY.md](../infra/SECURITY.md)"),
            Map.entry("policy", "[your own model](../infra/guides/model.md)"),
            Map.entry("coldstart", "[COLDSTART.md](COLDSTART.md)"),
            Map.entry("cluster", "[CLUSTER.md](../infra/CLUSTER.md)"),
            Map.entry("train", "[a cluster](../infra/guides/cluster.md), [RECOVERY.md](../infra/RECOVERY.md)"),
            Map.entry("faults", "[what a cluster survives](../infra/CLUSTER.md#what-it-survives)"),
            Map.entry("grade math", "[mathematics](../operators/rewards/README.md#mathematics)"),
            Map.entry("grade code", "[code](../operators/rewards/README.md#code)"),
            Map.entry("bench curate", "[curation](DATASETS.md#curation)"),
            Map.entry("bench language", "[language](../operators/rewards/README.md#language)"),
            Map.entry("bench scoring", "[scoring in the job](../operators/rewards/README.md#in-the-job)"),
            Map.entry("bench watching", "[what the page costs](PAGE.md#what-it-costs)"),
            Map.entry("bench weights", "[WEIGHTS.md](../kafka/WEIGHTS.md)"));

    private CommandTable() {}

    /**
     * The whole reference as Markdown.
     *
     * @param root the program, with its commands below it
     */
    public static String markdown(CommandSpec root) {
        List<CommandSpec> commands = commands(root);
        StringBuilder markdown = new StringBuilder(INTRODUCTION);
        markdown.append("\n| command | what it does |\n|---|---|\n");
        commands.forEach(command -> markdown.append(indexRow(command)));
        markdown.append("\n## Options of every command\n\n").append(HEADER);
        options(root).filter(CommandTable::ofEveryCommand).forEach(option -> markdown.append(row(option)));
        commands.forEach(command -> markdown.append(section(command)));
        return markdown.toString();
    }

    /** The commands that have a document of their own, with links to it. */
    static Map<String, String> pages() {
        return PAGES;
    }

    /** The name of a command as it is typed behind the program's. */
    static String name(CommandSpec command) {
        return command.qualifiedName().substring(command.root().name().length() + 1);
    }

    /** All commands in the order in which they are listed, each followed by the commands below it. */
    static List<CommandSpec> commands(CommandSpec root) {
        List<CommandSpec> all = new ArrayList<>();
        root.subcommands().values().forEach(command -> add(command.getCommandSpec(), all));
        return all;
    }

    private static void add(CommandSpec command, List<CommandSpec> all) {
        all.add(command);
        // Some are methods, which reflection returns in no fixed order.
        command.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .sorted(Comparator.comparing(CommandSpec::name))
                .forEach(below -> add(below, all));
    }

    private static String indexRow(CommandSpec command) {
        String name = name(command);
        return "| [`" + name + "`](#" + name.replace(' ', '-') + ") | "
                + cell(command.usageMessage().description()[0]) + " |\n";
    }

    private static String section(CommandSpec command) {
        String name = name(command);
        StringBuilder section = new StringBuilder();
        section.append(name.contains(" ") ? "\n### " : "\n## ").append(name).append("\n\n");
        section.append(text(String.join("\n\n", command.usageMessage().description())))
                .append("\n");
        if (PAGES.containsKey(name)) {
            section.append("\nMore: ").append(PAGES.get(name)).append(".\n");
        }
        List<ArgSpec> rows = Stream.concat(
                        command.positionalParameters().stream(),
                        options(command).filter(option -> !ofEveryCommand(option)))
                .toList();
        if (!rows.isEmpty()) {
            section.append("\n").append(HEADER);
            rows.forEach(argument -> section.append(row(argument)));
        }
        return section.toString();
    }

    /** By name, since reflection returns fields in no fixed order. */
    private static Stream<OptionSpec> options(CommandSpec command) {
        return command.options().stream()
                .filter(option -> !option.hidden())
                .sorted(Comparator.comparing(OptionSpec::longestName));
    }

    private static boolean ofEveryCommand(OptionSpec option) {
        return option.usageHelp() || option.versionHelp() || option.scopeType() == CommandLine.ScopeType.INHERIT;
    }

    private static String row(ArgSpec argument) {
        String standard = argument.defaultValue() == null ? "" : argument.defaultValue();
        return "| " + label(argument) + " | " + (standard.isEmpty() ? "" : "`" + cell(standard) + "`") + " | "
                + cell(withoutDefault(String.join(" ", argument.description()), standard)) + " |\n";
    }

    private static String label(ArgSpec argument) {
        String value = argument.splitRegex().isEmpty()
                ? argument.paramLabel()
                : argument.paramLabel() + argument.splitRegex() + "...";
        if (!(argument instanceof OptionSpec option)) {
            return "`" + value + "`";
        }
        String names = String.join("`, `", option.names());
        return "`" + names + (option.arity().max() > 0 ? " " + value : "") + "`";
    }

    /** The default has a column of its own. */
    private static String withoutDefault(String description, String standard) {
        return description.replace(" (default: " + standard + ")", "").replace("; default: " + standard + ")", ")");
    }

    private static String cell(String text) {
        return text(text).replace("|", "\\|").replace("\n", " ");
    }

    private static String text(String text) {
        return text.replace("<", "&lt;");
    }
}
