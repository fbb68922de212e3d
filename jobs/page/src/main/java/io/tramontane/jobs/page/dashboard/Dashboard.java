package io.tramontane.jobs.page.dashboard;

import io.tramontane.jobs.page.curves.StepLog;
import io.tramontane.jobs.page.facts.RunFacts;
import io.tramontane.jobs.page.pipeline.PipelineWatch;
import io.tramontane.jobs.page.rollouts.Rollouts;
import io.tramontane.jobs.page.web.DashboardException;
import io.tramontane.jobs.page.web.PageServer;
import io.tramontane.jobs.page.web.PageSettings;
import io.tramontane.kafka.records.TopicTail;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.schemas.Step;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * The page of a run: curves, the pipeline with what it waits for, and what the policy wrote. It needs the run's topics
 * alone; with Flink's REST interface it shows how busy operators are as well.
 *
 * <p>Thread-safe.
 */
public final class Dashboard implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(300);

    private final RunFacts run;
    private final StepLog steps = new StepLog();
    private final Rollouts rollouts;
    private final PageServer server;
    private final List<Follower> followers;
    private TopicTail<Step> stepTopic;

    private Dashboard(PageSettings settings, RunFacts run) {
        this.run = run;
        this.rollouts = new Rollouts(run);
        Attention attention = new Attention();
        PipelineWatch pipeline = new PipelineWatch(run, steps);
        LiveRun live = new LiveRun(run, attention, steps, pipeline, rollouts);
        this.server = PageServer.start(settings, live.questions(), live::events);
        this.followers = List.of(
                Follower.start("page-steps", attention, this::followSteps, this::closeSteps),
                Follower.start("page-rollouts", attention, rollouts::follow, rollouts::closeFollowing),
                Follower.start(
                        "page-pipeline",
                        attention,
                        () -> Thread.sleep(pipeline.look().toMillis()),
                        pipeline::close));
    }

    /**
     * Serves the page until it is closed.
     *
     * @throws DashboardException when its port is taken
     */
    public static Dashboard start(PageSettings settings, RunFacts run) {
        return new Dashboard(settings, run);
    }

    /** Where a browser finds it. */
    public URI address() {
        return server.address();
    }

    private void followSteps() {
        if (stepTopic == null) {
            stepTopic = TopicTail.unhurried(run.kafka(), Topic.STEPS, run.runId(), Step.class);
        }
        stepTopic.poll(POLL).forEach(step -> {
            steps.add(step);
            rollouts.trained(step);
        });
    }

    private void closeSteps() {
        if (stepTopic != null) {
            stepTopic.close();
        }
    }

    @Override
    public void close() {
        server.close();
        followers.forEach(Follower::close);
        rollouts.closeReading();
    }
}
