package io.tramontane.jobs.evaluation.curation;

import io.tramontane.jobs.data.dataset.Problem;
import io.tramontane.jobs.data.dataset.ProblemSet;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What became of each problem of a dataset.
 *
 * @param problems all of them, in the order of the dataset
 */
public record Curation(List<JudgedProblem> problems) {

    public Curation {
        problems = List.copyOf(problems);
    }

    /**
     * Judges every problem.
     *
     * @param problems as their files have them, without the prompt template
     * @param figures of the completions of each
     */
    public static Curation of(
            ProblemSet problems, Function<Problem, SampleFigures> figures, CurationSettings settings) {
        DifficultyFilter filter = new DifficultyFilter(settings);
        List<JudgedProblem> judged = new ArrayList<>();
        for (Problem problem : problems.problems()) {
            SampleFigures found = figures.apply(problem);
            judged.add(new JudgedProblem(problem, found, filter.reason(found)));
        }
        return new Curation(judged);
    }

    public List<JudgedProblem> kept() {
        return problems.stream().filter(JudgedProblem::kept).toList();
    }

    /** How many were dropped for each reason; reasons that never held are not there. */
    public Map<RemovalReason, Integer> dropped() {
        Map<RemovalReason, Integer> counts = new EnumMap<>(RemovalReason.class);
        problems.forEach(judged -> judged.reason().ifPresent(reason -> counts.merge(reason, 1, Integer::sum)));
        return counts;
    }

    /** The kept problems as lines of a dataset, in order. */
    public Stream<String> keptRows() {
        return problems.stream().filter(JudgedProblem::kept).map(CuratedRow::of);
    }

    /** The dropped problems in the same form, with their reasons. */
    public Stream<String> droppedRows() {
        return problems.stream().filter(judged -> !judged.kept()).map(CuratedRow::of);
    }
}
