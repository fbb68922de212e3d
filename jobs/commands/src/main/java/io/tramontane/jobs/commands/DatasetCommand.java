package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.ConfigOptions;
import io.tramontane.jobs.data.dataset.DatasetContents;
import io.tramontane.jobs.data.dataset.DatasetReader;
import io.tramontane.jobs.data.dataset.Problem;
import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.run.config.TramontaneConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a run would make of a dataset, and everything that is wrong with it. */
@Command(
        name = "dataset",
        description = {
            "Read a dataset as a run would (JSON Lines, JSON or Parquet; jobs/DATASETS.md) and say what is in it: format,"
                    + " problems by verifier and language, rows left out and why, the first problem as the policy will"
                    + " read it.",
            "Every row that is wrong is a line with its place and field; the exit code is 1 when there is one."
        },
        mixinStandardHelpOptions = true)
final class DatasetCommand implements Callable<Integer> {

    private static final int SHOWN_REFERENCE_CHARACTERS = 500;

    @Parameters(paramLabel = "FILE", description = "A file, or a folder of files.")
    private Path path;

    @Option(names = "--format", paramLabel = "FORMAT", description = "The layout of the rows (dataset.format).")
    private String format;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ConfigLoader<TramontaneConfig> loader = options.applyTo(TramontaneConfig.loader());
        if (format != null) {
            loader.option("--format", "dataset.format", format.toLowerCase(Locale.ROOT));
        }
        DatasetContents contents =
                DatasetReader.read(path, loader.load().dataset().reading());
        PrintWriter out = spec.commandLine().getOut();
        contents.formats().forEach((file, detected) -> print(out, "format", detected.key() + "  " + file));
        print(out, "problems", String.format("%,d", contents.problems().size()));
        print(out, "verifiers", counts(contents, Problem::verifier, "as configured"));
        print(out, "languages", counts(contents, Problem::language, "not said"));
        print(out, "left out", contents.describeLeftOut());
        print(out, "repeated", contents.repeated() == 0 ? "" : String.format("%,d", contents.repeated()));
        contents.problems().stream().findFirst().ifPresent(problem -> show(out, problem));
        out.flush();
        return report(contents);
    }

    private int report(DatasetContents contents) {
        PrintWriter error = spec.commandLine().getErr();
        contents.faults().forEach(error::println);
        if (contents.faultCount() > contents.faults().size()) {
            error.printf(
                    "and %,d more%n", contents.faultCount() - contents.faults().size());
        }
        if (contents.faultCount() == 0 && contents.problems().isEmpty()) {
            error.println("tramontane: " + path + ": no problem in it can be used");
            return ExitCode.SOFTWARE;
        }
        return contents.faultCount() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static void print(PrintWriter out, String title, String value) {
        if (!value.isEmpty()) {
            out.printf("%-10s %s%n", title, value);
        }
    }

    private static String counts(DatasetContents contents, Function<Problem, String> property, String none) {
        Map<String, Long> counts = contents.problems().stream()
                .collect(Collectors.groupingBy(
                        problem -> property.apply(problem).isEmpty() ? none : property.apply(problem),
                        TreeMap::new,
                        Collectors.counting()));
        return counts.entrySet().stream()
                .map(entry -> String.format("%,d %s", entry.getValue(), entry.getKey()))
                .collect(Collectors.joining(", "));
    }

    private static void show(PrintWriter out, Problem problem) {
        out.printf("%nThe first problem, %s, as the policy reads it:%n%s%n", problem.id(), problem.text());
        String reference = problem.reference();
        out.printf(
                "%nIts reference: %s%n",
                reference.length() <= SHOWN_REFERENCE_CHARACTERS
                        ? reference
                        : reference.substring(0, SHOWN_REFERENCE_CHARACTERS)
                                + String.format("… (%,d characters)", reference.length()));
        if (!problem.extra().isEmpty()) {
            out.printf("%nOther fields: %s%n", problem.extra());
        }
    }
}
