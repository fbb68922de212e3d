package io.tramontane.jobs.lab.checkpoint;

import io.tramontane.jobs.lab.checkpoint.TrainerTimeline.Activity;
import io.tramontane.pipeline.training.WeightsOutlet;
import io.tramontane.policy.SerializedWeights;
import io.tramontane.schemas.WeightsVersion;

/** An outlet that notes for how long it held the trainer. Used by one thread at a time, as what it wraps. */
final class TimedOutlet implements WeightsOutlet {

    private final WeightsOutlet outlet;
    private final TrainerTimeline timeline;

    TimedOutlet(WeightsOutlet outlet, TrainerTimeline timeline) {
        this.outlet = outlet;
        this.timeline = timeline;
    }

    @Override
    public long newestIncarnation() throws Exception {
        return outlet.newestIncarnation();
    }

    @Override
    public void publish(WeightsVersion version, SerializedWeights weights) throws Exception {
        long begin = TrainerTimeline.now();
        outlet.publish(version, weights);
        timeline.add(Activity.PUBLISH, begin);
    }

    @Override
    public void requireHealthy() throws Exception {
        outlet.requireHealthy();
    }

    @Override
    public void close() {
        outlet.close();
    }
}
