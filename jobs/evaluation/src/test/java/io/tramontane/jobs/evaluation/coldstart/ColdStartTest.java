package io.tramontane.jobs.evaluation.coldstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.jobs.evaluation.MeasuredConfig;
import io.tramontane.jobs.evaluation.warmup.SupervisedTraining;
import io.tramontane.jobs.evaluation.warmup.WarmUp;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.tokenizer.PolicyTokenizer;
import io.tramontane.policy.training.TokenSequence;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColdStartTest {

    private static final SupervisedTraining.Progress SILENT = (step, steps, loss) -> {};

    @Test
    void aSmallerStudentLearnsTheTracesWithTheTokenizerOfTheTeacher() {
        var teacherConfig = MeasuredConfig.loader()
                .set("policy.hidden-size=16")
                .set("policy.head-size=8")
                .set("policy.attention-heads=2")
                .set("policy.key-value-heads=1")
                .set("policy.vocabulary-size=512")
                .set("warm-up.steps=1")
                .set("warm-up.batch-size=2")
                .load();
        PolicyBundle teacher = new WarmUp(teacherConfig.policy(), teacherConfig.warmUp(), 1).run(SILENT);
        var studentConfig = MeasuredConfig.loader()
                .set("policy.hidden-size=8")
                .set("policy.head-size=4")
                .set("policy.attention-heads=2")
                .set("policy.key-value-heads=1")
                .set("policy.layers=1")
                // The vocabulary is the teacher's, whatever is set.
                .set("policy.vocabulary-size=600")
                .set("warm-up.steps=1")
                .set("warm-up.batch-size=2")
                .set("cold-start.epochs=4")
                .set("cold-start.batch-size=4")
                .set("cold-start.general-share=0.2")
                .set("cold-start.learning-rate=2e-2")
                .set("cold-start.learning-rate-warm-up-steps=2")
                .load();
        PolicyBundle student =
                new WarmUp(studentConfig.policy(), studentConfig.warmUp(), 1).runWithTokenizerOf(teacher, SILENT);
        var coldStart =
                new ColdStart(studentConfig.coldStart(), studentConfig.warmUp().mix(), 1);
        List<Double> losses = new ArrayList<>();

        PolicyBundle tuned = coldStart.run(student, traces(teacher), (step, steps, loss) -> losses.add(loss));

        assertThat(student.tokenizerJson()).isEqualTo(teacher.tokenizerJson());
        assertThat(student.config().vocabularySize()).isEqualTo(teacher.config().vocabularySize());
        assertThat(tuned.config()).isEqualTo(student.config());
        assertThat(coldStart.demonstrations(24)).as("a fifth of all 30").isEqualTo(6);
        assertThat(losses).as("4 epochs of 30 sequences, 4 a step").hasSize(4 * 8);
        assertThat(losses.get(31)).isLessThan(losses.get(0) - 0.5);
        assertThat(coldStart.run(student, traces(teacher), SILENT).weights().sha256())
                .as("reproducible")
                .isEqualTo(tuned.weights().sha256());
        assertThat(new ColdStart(
                                studentConfig.coldStart(),
                                studentConfig.warmUp().mix(),
                                2)
                        .run(student, traces(teacher), SILENT)
                        .weights()
                        .sha256())
                .isNotEqualTo(tuned.weights().sha256());
    }

    private static List<Trace> traces(PolicyBundle teacher) {
        List<Trace> traces = new ArrayList<>();
        try (PolicyTokenizer tokenizer = PolicyTokenizer.parse(teacher.tokenizerJson(), teacher.endOfSequence())) {
            for (int i = 0; i < 24; i++) {
                int[] prompt = tokenizer.encode("Anna has " + i + " apples.");
                int[] answer = tokenizer.encode("<think>" + i + "</think>\\boxed{" + i + "}");
                traces.add(new Trace("c" + i, 1, i, new TokenSequence(prompt, answer)));
            }
        }
        return traces;
    }
}
