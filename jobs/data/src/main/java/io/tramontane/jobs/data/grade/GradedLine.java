package io.tramontane.jobs.data.grade;

import io.tramontane.schemas.Verdict;

/** What is written about one line. Implementations are records that Jackson writes as one object. */
public interface GradedLine {

    Verdict verdict();

    /** Time that grading took, in microseconds. */
    long micros();
}
