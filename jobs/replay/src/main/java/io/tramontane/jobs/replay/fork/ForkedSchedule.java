package io.tramontane.jobs.replay.fork;

import io.tramontane.jobs.data.job.DatasetProblems;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.records.TopicReader;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.pipeline.curriculum.CurriculumState;
import io.tramontane.pipeline.scheduling.RecordedSchedule;
import io.tramontane.pipeline.scheduling.ScheduleState;
import io.tramontane.schemas.Outcome;
import io.tramontane.schemas.OutcomeKind;
import io.tramontane.schemas.Prompt;
import io.tramontane.schemas.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where in the dataset a fork begins. */
final class ForkedSchedule {

    private ForkedSchedule() {}

    /**
     * Where the parent was after a step, derived from its topics: what it trained by then, or dropped before the step
     * was finished, had ended; all else is asked again.
     *
     * @param config the fork's settings, which name the parent's dataset
     * @param parent id of the recorded run
     * @param beginning where the parent itself began
     * @param log the parent's steps, up to the one after which the fork begins
     * @throws ForkException when the dataset has lost a problem
     */
    static ScheduleState of(
            TramontaneConfig config, KafkaSettings kafka, String parent, ScheduleState beginning, List<Step> log) {
        RecordedSchedule schedule = new RecordedSchedule(beginning);
        log.forEach(step -> step.getGroupIds().forEach(schedule::ended));
        Step last = log.get(log.size() - 1);
        TopicReader.forEach(kafka, Topic.OUTCOMES, parent, Outcome.class, record -> {
            Outcome outcome = record.value();
            if (outcome.getKind() == OutcomeKind.DROPPED
                    && outcome.getCompletionId() == null
                    && outcome.getAt() <= last.getFinishedAt()) {
                schedule.ended(outcome.getGroupId());
            }
        });
        TopicReader.forEach(kafka, Topic.PROMPTS, parent, Prompt.class, record -> schedule.issued(record.value()));
        Map<String, Integer> problems = indices(config);
        return schedule.goingOn(config.run().id(), last.getStep(), id -> {
            if (!problems.containsKey(id)) {
                throw new ForkException("problem " + id + ", which run " + parent + " had asked for at step "
                        + last.getStep() + ", is not in the dataset any more");
            }
            return problems.get(id);
        });
    }

    private static Map<String, Integer> indices(TramontaneConfig config) {
        DatasetProblems problems =
                new DatasetProblems(config.dataset(), config.run().seed());
        Map<String, Integer> indices = new HashMap<>();
        for (int index = 0; index < problems.size(); index++) {
            indices.put(problems.get(index).id(), index);
        }
        return indices;
    }

    /** The beginning of a dataset that is not the parent's. */
    static ScheduleState atTheBeginning(long step) {
        return new ScheduleState(0, 0, 0, step, List.of(), CurriculumState.INITIAL);
    }
}
