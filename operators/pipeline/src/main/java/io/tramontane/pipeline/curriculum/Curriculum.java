package io.tramontane.pipeline.curriculum;

import io.tramontane.schemas.CurriculumStage;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The stages of a run in their order. A run without a curriculum has one stage that never ends and that its records do
 * not mention.
 *
 * <p>Stages are counted from 1 in records, and 0 stands for a run without a curriculum. A number beyond the last stage,
 * of a run that was resumed with fewer, is the last one's.
 */
public final class Curriculum implements Serializable {

    private static final long serialVersionUID = 1L;

    private final ArrayList<Stage> stages;
    private final boolean mentioned;

    private Curriculum(List<Stage> stages, boolean mentioned) {
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("a curriculum needs a stage");
        }
        this.stages = new ArrayList<>(stages);
        this.mentioned = mentioned;
    }

    /** @param stages at least one */
    public static Curriculum of(List<Stage> stages) {
        return new Curriculum(stages, true);
    }

    /** No curriculum: these sizes from the first step to the last. */
    public static Curriculum none(int maximumNewTokens, int completionsPerBatch, int maximumGroupsInFlight) {
        var only = new Stage(maximumNewTokens, 0, 0, completionsPerBatch, maximumGroupsInFlight, 0, 1, StageEnd.NEVER);
        return new Curriculum(List.of(only), false);
    }

    /** How many stages there are. */
    public int size() {
        return stages.size();
    }

    /** Whether the run ever changes its stage. */
    public boolean changes() {
        return stages.size() > 1;
    }

    /** @param number of the stage from 1; 0 counts as 1 */
    public Stage stage(int number) {
        return stages.get(clamped(number) - 1);
    }

    /** The number of a stage there is. */
    public int clamped(int number) {
        return Math.max(1, Math.min(number, stages.size()));
    }

    /** What records say of the stage; null in a run without a curriculum. */
    public CurriculumStage recorded(int number) {
        Stage stage = stage(number);
        return mentioned ? new CurriculumStage(clamped(number), stage.lengthMaximum(), stage.lengthCache()) : null;
    }

    /** The number of the stage as metrics tell it: 0 in a run without a curriculum. */
    public int told(int number) {
        return mentioned ? clamped(number) : 0;
    }
}
