package io.tramontane.jobs.commands;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tramontane.jobs.cli.TrainApplication;
import io.tramontane.jobs.kernel.failure.RunFailure;
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
