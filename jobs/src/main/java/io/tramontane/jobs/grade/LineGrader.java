package io.tramontane.jobs.grade;

/** Grades one line of a file after the other, on one thread. */
@FunctionalInterface
public interface LineGrader {

    /** @throws io.tramontane.jobs.dataset.DatasetException if the line is not as it must be */
    GradedLine grade(InputLine line);
}
