package io.tramontane.jobs.lab.faults;

import io.tramontane.schemas.Identity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** In which order faults come: every kind as often as the others, reshuffled in every round by the seed. */
public final class FaultPlan {

    private FaultPlan() {}

    /**
     * The faults of a campaign.
     *
     * @param kinds what may happen; at least one
     * @param count how many faults there are
     */
    public static List<FaultKind> of(List<FaultKind> kinds, int count, long seed) {
        List<FaultKind> plan = new ArrayList<>();
        for (int round = 0; plan.size() < count; round++) {
            List<FaultKind> shuffled = new ArrayList<>(kinds);
            Collections.shuffle(shuffled, new Random(Identity.seed(seed, "faults/" + round)));
            plan.addAll(shuffled.subList(0, Math.min(shuffled.size(), count - plan.size())));
        }
        return plan;
    }
}
