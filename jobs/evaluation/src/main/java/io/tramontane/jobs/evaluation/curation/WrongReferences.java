package io.tramontane.jobs.evaluation.curation;

import io.tramontane.jobs.data.dataset.Problem;
import io.tramontane.jobs.data.dataset.ProblemSet;
import io.tramontane.schemas.Identity;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Problems of which some have a wrong reference, on purpose, to see whether curation finds them.
 *
 * @param problems all of them, in their order
 * @param wrong ids of those with a wrong reference
 */
public record WrongReferences(ProblemSet problems, Set<String> wrong) {

    /** Wrong answers lie as near to the right ones as slips of calculation do. */
    private static final int FARTHEST = 5;

    public WrongReferences {
        wrong = Set.copyOf(wrong);
    }

    /**
     * Gives a share of the problems the reference of a slip: another number, not negative, at most {@value #FARTHEST}
     * away. Which problems, and which numbers, follows from the seed and their ids alone.
     *
     * @param problems whose references are whole numbers of at least 0
     * @param share of them, rounded to whole problems
     */
    public static WrongReferences injected(ProblemSet problems, double share, long seed) {
        Set<String> wrong = problems.problems().stream()
                .sorted(Comparator.comparingLong((Problem problem) -> Identity.seed(seed, "wrong " + problem.id()))
                        .thenComparing(Problem::id))
                .limit(Math.round(share * problems.size()))
                .map(Problem::id)
                .collect(Collectors.toSet());
        List<Problem> changed = problems.problems().stream()
                .map(problem -> wrong.contains(problem.id()) ? withWrongReference(problem, seed) : problem)
                .toList();
        return new WrongReferences(new ProblemSet(changed), wrong);
    }

    private static Problem withWrongReference(Problem problem, long seed) {
        int right = Integer.parseInt(problem.reference());
        long draw = Identity.seed(seed, "slip " + problem.id());
        int distance = 1 + Math.floorMod(draw >> 1, FARTHEST);
        int slip = (draw & 1) == 0 && distance <= right ? -distance : distance;
        return new Problem(
                problem.id(),
                problem.language(),
                problem.text(),
                Integer.toString(right + slip),
                problem.verifier(),
                problem.extra());
    }
}
