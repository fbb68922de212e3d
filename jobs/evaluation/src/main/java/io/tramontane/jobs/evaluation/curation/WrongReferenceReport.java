package io.tramontane.jobs.evaluation.curation;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How well curation distinguished wrong references from right ones.
 *
 * @param wrong problems with a wrong reference
 * @param wrongByMajority of them, those dropped because the majority's answer is another
 * @param wrongDropped of them, those dropped for whatever reason
 * @param never problems with a right reference that were never solved
 * @param neverByMajority of them, those dropped because the majority's answer is another
 * @param always problems with a right reference that were always solved
 * @param good problems with a right reference that were solved now and then, which should be kept
 * @param goodDropped of them, those dropped all the same
 */
public record WrongReferenceReport(
        int wrong,
        int wrongByMajority,
        int wrongDropped,
        int never,
        int neverByMajority,
        int always,
        int good,
        int goodDropped) {

    /** @param wrong ids of the problems with a wrong reference */
    public static WrongReferenceReport of(Curation curation, Set<String> wrong) {
        List<JudgedProblem> bad = chosen(
                curation.problems(), judged -> wrong.contains(judged.problem().id()));
        List<JudgedProblem> right = chosen(
                curation.problems(), judged -> !wrong.contains(judged.problem().id()));
        List<JudgedProblem> never = chosen(right, judged -> judged.figures().solved() == 0);
        List<JudgedProblem> always = chosen(
                right,
                judged -> judged.figures().solved() > 0
                        && judged.figures().solved() == judged.figures().samples());
        List<JudgedProblem> good = chosen(
                right,
                judged -> judged.figures().solved() > 0
                        && judged.figures().solved() < judged.figures().samples());
        return new WrongReferenceReport(
                bad.size(),
                byMajority(bad),
                dropped(bad),
                never.size(),
                byMajority(never),
                always.size(),
                good.size(),
                dropped(good));
    }

    /** Share of the wrong references that were dropped; 1 of none. */
    public double wrongShare() {
        return wrong == 0 ? 1 : (double) wrongDropped / wrong;
    }

    /** Share of the good problems that were dropped; 0 of none. */
    public double goodShare() {
        return good == 0 ? 0 : (double) goodDropped / good;
    }

    /** A line a figure, for a person. */
    @Override
    public String toString() {
        return line("wrong references: dropped", wrongDropped, wrong)
                + line("  against the majority", wrongByMajority, wrong)
                + line("right references, solved now and then: dropped", goodDropped, good)
                + line("right references, never solved: against the majority", neverByMajority, never)
                + String.format(Locale.ROOT, "%-54s %,7d%n", "right references, always solved", always);
    }

    private static String line(String title, int count, int of) {
        double share = of == 0 ? 0 : 100.0 * count / of;
        return String.format(Locale.ROOT, "%-54s %,7d of %,7d  %5.1f%%%n", title, count, of, share);
    }

    private static List<JudgedProblem> chosen(List<JudgedProblem> problems, Predicate<JudgedProblem> which) {
        return problems.stream().filter(which).toList();
    }

    private static int dropped(List<JudgedProblem> problems) {
        return chosen(problems, judged -> !judged.kept()).size();
    }

    private static int byMajority(List<JudgedProblem> problems) {
        return chosen(
                        problems,
                        judged -> judged.reason()
                                .filter(RemovalReason.MAJORITY_AGAINST_REFERENCE::equals)
                                .isPresent())
                .size();
    }
}
