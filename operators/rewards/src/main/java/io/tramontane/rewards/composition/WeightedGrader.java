package io.tramontane.rewards.composition;

import io.tramontane.rewards.Grade;
import io.tramontane.rewards.Grader;
import io.tramontane.rewards.RewardRequest;
import io.tramontane.rewards.format.ParsedCompletion;
import io.tramontane.schemas.RewardComponent;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A grader, what it is called and what its full marks are worth. A weight of 0 grades and reports without touching the
 * reward.
 *
 * @param name of the component in records, metrics and reports: lower case, words joined by hyphens
 * @param grader the component
 * @param weight reward for a score of 1
 * @param custom whether it does not come with Tramontane, so that nobody knows how long it takes
 */
public record WeightedGrader(String name, Grader grader, double weight, boolean custom) {

    private static final Logger LOG = LoggerFactory.getLogger(WeightedGrader.class);

    /** A record must fit into a message whatever a grader quotes. */
    private static final int MAXIMUM_REASON = 1_000;

    /** Beyond it a sum of rewards could lose the small ones or become infinite. */
    private static final double MAXIMUM_VALUE = 1e6;

    public WeightedGrader {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(grader, "grader");
        if (!Double.isFinite(weight)) {
            throw new IllegalArgumentException("weight of " + name + " must be finite: " + weight);
        }
    }

    /** A component that comes with Tramontane. */
    public WeightedGrader(String name, Grader grader, double weight) {
        this(name, grader, weight, false);
    }

    /** What this completion is verified by: the component itself, or the verifier that it passes completions on to. */
    public String verifier(RewardRequest request) {
        return grader.verifierFor(request).orElse(name);
    }

    /**
     * What the grader says, weighted. Never throws: a grader that throws anything at all, says nothing or gives a score
     * out of range has the verdict CRASHED.
     */
    public RewardComponent grade(RewardRequest request, ParsedCompletion parsed) {
        long start = System.nanoTime();
        Grade grade;
        try {
            grade = checked(grader.grade(request, parsed));
        } catch (Throwable e) {
            // Errors too: a missing class or an endless recursion in one grader must not take the others along.
            LOG.warn("Grader {} failed on completion {}: {}", name, request.completionId(), e.toString());
            LOG.debug("Where it failed", e);
            grade = Grade.crashed("the grader failed: " + e);
        }
        return component(grade, (System.nanoTime() - start) / 1_000);
    }

    /** The entry of this grader in a record; {@code micros} is how long it took. */
    public RewardComponent component(Grade grade, long micros) {
        return new RewardComponent(name, value(grade), grade.verdict(), shorten(grade.reason()), micros);
    }

    private Grade checked(Grade grade) {
        if (grade == null) {
            throw new IllegalStateException("it returned no grade");
        }
        if (Math.abs(value(grade)) > MAXIMUM_VALUE) {
            throw new IllegalStateException("its score is out of range: " + grade.score());
        }
        return grade;
    }

    /** A score of 0 must not become -0.0 under a negative weight: groups compare rewards for equality. */
    private double value(Grade grade) {
        return grade.score() == 0 || weight == 0 ? 0 : weight * grade.score();
    }

    private static String shorten(String reason) {
        return reason.length() <= MAXIMUM_REASON ? reason : reason.substring(0, MAXIMUM_REASON) + "…";
    }
}
