package io.tramontane.jobs.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tramontane.jobs.local.RunFailure;
import org.junit.jupiter.api.Test;

/** Whoever calls the entry point of an application cluster lives on: it is the JobManager. */
class TrainApplicationTest {

    @Test
    void aJobThatCannotBeSubmittedIsAnExceptionAndNotTheEndOfTheProcess() {
        assertThatThrownBy(() -> TrainApplication.main(new String[] {"--set", "run.id=demo"}))
                .isInstanceOf(RunFailure.class)
                .hasMessageContaining("not submitted");
        assertThatThrownBy(() -> TrainApplication.main(new String[] {"--no-such-option"}))
                .isInstanceOf(RunFailure.class);
    }
}
