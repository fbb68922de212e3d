package io.tramontane.jobs.data.grade;

/** Grades one line of a file after the other; thread-safe if a file is graded on several threads. */
@FunctionalInterface
public interface LineGrader {

    /** @throws io.tramontane.jobs.data.dataset.DatasetException if the line is not as it must be */
    GradedLine grade(InputLine line);
}
