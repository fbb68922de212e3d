package io.tramontane.jobs.data.dataset;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemSetTest {

    @Test
    void idsAreUnique() {
        Problem problem = new Problem("a", "en", "1 + 1?", "2", "");

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> new ProblemSet(List.of(problem, problem)))
                .withMessageContaining("'a' occurs twice");
    }

    @Test
    void anEmptyOneIsRefused() {
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> new ProblemSet(List.of()))
                .withMessage("a dataset needs at least one problem");
    }
}
