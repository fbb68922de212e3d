package io.tramontane.jobs.evaluation;

import io.tramontane.jobs.kernel.files.AtomicFile;
import io.tramontane.jobs.kernel.files.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes evaluations: the reports as one JSON file, and beside it a line for every problem with its completions. Each
 * is written under a temporary name, then moved.
 */
public final class EvaluationFiles {

    /** One policy's report and the outcomes it sums up. */
    public record Measured(EvaluationReport report, List<ProblemOutcome> outcomes) {
        public Measured {
            outcomes = List.copyOf(outcomes);
        }
    }

    private record Line(String policy, int completions, int correct, ProblemOutcome problem) {}

    private EvaluationFiles() {}

    /**
     * @param file of the reports
     * @return the file of the problems: {@code evaluation.json} has {@code evaluation.problems.jsonl}
     */
    public static Path write(Path file, List<Measured> evaluations) throws IOException {
        Path absolute = file.toAbsolutePath();
        Files.createDirectories(absolute.getParent());
        String name = absolute.getFileName().toString();
        String stem = name.endsWith(".json") ? name.substring(0, name.length() - ".json".length()) : name;
        Path problems = absolute.resolveSibling(stem + ".problems.jsonl");
        StringBuilder lines = new StringBuilder();
        for (Measured measured : evaluations) {
            for (ProblemOutcome outcome : measured.outcomes()) {
                Line line =
                        new Line(measured.report().policy(), outcome.samples().size(), outcome.correct(), outcome);
                lines.append(Json.line(line)).append('\n');
            }
        }
        AtomicFile.write(problems, lines.toString());
        List<EvaluationReport> reports =
                evaluations.stream().map(Measured::report).toList();
        AtomicFile.write(absolute, Json.pretty(Map.of("evaluations", reports)));
        return problems;
    }
}
