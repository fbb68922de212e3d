package io.tramontane.jobs.commands;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tramontane.jobs.cli.TrainApplication;
import io.tramontane.jobs.kernel.failure.RunFailure;
import org.junit.jupiter.api.Test;

/** The process that calls the entry point of an application cluster must live on: it is the JobManager. */
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
