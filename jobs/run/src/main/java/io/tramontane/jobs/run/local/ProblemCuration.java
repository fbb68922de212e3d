package io.tramontane.jobs.run.local;

import io.tramontane.jobs.data.dataset.Problem;
import io.tramontane.jobs.data.dataset.ProblemSet;
import io.tramontane.jobs.data.job.DatasetProblems;
import io.tramontane.jobs.evaluation.Evaluator;
import io.tramontane.jobs.evaluation.ProblemOutcome;
import io.tramontane.jobs.evaluation.RecordedEvaluation;
import io.tramontane.jobs.evaluation.curation.Curation;
import io.tramontane.jobs.evaluation.curation.SampleFigures;
import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.rewards.composition.RewardFunction;
import io.tramontane.rewards.correctness.VerifierChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Curates training problems by what a stored policy, or a recorded run, made of them. Problems are given and returned
 * without the prompt template of the configuration; policies read them with it. Not thread-safe.
 */
public final class ProblemCuration {

    private final TramontaneConfig config;
    private final RewardFunction rewards;

    public ProblemCuration(TramontaneConfig config, RewardFunction rewards) {
        this.config = config;
        this.rewards = rewards;
    }

    /**
     * Samples the policy as {@code evaluation} has it; the same policy and problems give the same curation.
     *
     * @param policy a folder in Hugging Face layout
     * @throws IOException when the folder holds no policy in Tramontane's format, or a problem leaves it no room to
     *     answer
     */
    public Curation bySampling(Path policy, ProblemSet problems, Evaluator.Progress progress) throws IOException {
        Map<String, SampleFigures> figures = new HashMap<>();
        new PolicyEvaluation(config, rewards)
                .forEachOutcome(
                        policy,
                        DatasetProblems.prompted(config.dataset(), problems),
                        "curation",
                        progress,
                        (problem, outcome) -> figures.put(problem.id(), figures(problem, outcome)));
        return Curation.of(problems, problem -> figures.get(problem.id()), config.curation());
    }

    /**
     * Takes the completions that a run has recorded, whatever became of them.
     *
     * @throws io.tramontane.jobs.data.dataset.DatasetException when the run had another text or reference for a problem
     * @throws RunFailure when it has no completions of these problems
     */
    public Curation byRecording(KafkaSettings kafka, String runId, ProblemSet problems) {
        Map<String, ProblemOutcome> outcomes = RecordedEvaluation.byProblem(
                kafka, runId, DatasetProblems.prompted(config.dataset(), problems), rewards);
        if (outcomes.isEmpty()) {
            throw new RunFailure("run " + runId + " has recorded no completions of these problems");
        }
        return Curation.of(
                problems,
                problem -> outcomes.containsKey(problem.id())
                        ? figures(problem, outcomes.get(problem.id()))
                        : SampleFigures.NONE,
                config.curation());
    }

    private SampleFigures figures(Problem problem, ProblemOutcome outcome) {
        VerifierChoice choice = config.reward().correctness().verifier();
        String verifier = choice == VerifierChoice.AUTOMATIC ? problem.verifier() : choice.verifierName();
        return SampleFigures.of(outcome, !verifier.equals(VerifierChoice.CODE.verifierName()));
    }
}
