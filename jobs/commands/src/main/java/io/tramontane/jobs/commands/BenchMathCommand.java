package io.tramontane.jobs.commands;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.jobs.cli.ConfigOptions;
import io.tramontane.jobs.data.dataset.DatasetException;
import io.tramontane.jobs.kernel.files.Json;
import io.tramontane.jobs.lab.math.BenchmarkPair;
import io.tramontane.jobs.lab.math.MathBenchmark;
import io.tramontane.jobs.lab.math.PathologicalPair;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.rewards.math.MathEquality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Times the comparison of mathematical answers. */
@Command(
        name = "math",
        description = "Comparisons a CPU-second on the pairs of a file, and the slowest of inputs made to be slow.",
        mixinStandardHelpOptions = true)
final class BenchMathCommand implements Callable<Integer> {

    @Parameters(paramLabel = "PAIRS", description = "JSON Lines with 'gold' and 'pred', as for 'grade math'.")
    private Path file;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "20",
            description = "Times each pair is compared; as often before, to warm up (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var settings =
                options.applyTo(TramontaneConfig.loader()).load().reward().math();
        var report =
                new MathBenchmark(new MathEquality(settings)).run(pairs(file), PathologicalPair.all(), rounds, rounds);
        spec.commandLine().getOut().println(report);
        return 0;
    }

    private static List<BenchmarkPair> pairs(Path file) throws IOException {
        List<BenchmarkPair> pairs = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                JsonNode pair = Json.parse(line);
                pairs.add(new BenchmarkPair(
                        pair.required("gold").asText(), pair.required("pred").asText()));
            } catch (JsonProcessingException | IllegalArgumentException e) {
                throw new DatasetException(file + ", line " + number + ": needs 'gold' and 'pred'", e);
            }
        }
        if (pairs.isEmpty()) {
            throw new DatasetException(file + ": no pairs in it");
        }
        return pairs;
    }
}
