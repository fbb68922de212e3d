package io.tramontane.jobs.evaluation.periodic;

import static org.assertj.core.api.Assertions.assertThat;

import io.tramontane.jobs.data.wordproblems.WordProblems;
import io.tramontane.jobs.evaluation.MeasuredConfig;
import io.tramontane.jobs.evaluation.warmup.WarmUp;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.broker.EmbeddedBroker;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.kafka.topics.TopicAdmin;
import io.tramontane.pipeline.training.KafkaWeightsOutlet;
import io.tramontane.pipeline.training.WeightsOutlet;
import io.tramontane.policy.Weights;
import io.tramontane.policy.files.PolicyBundle;
import io.tramontane.policy.tokenizer.PolicyTokenizer;
import io.tramontane.schemas.RecordCodec;
import io.tramontane.schemas.Step;
import io.tramontane.schemas.WeightsVersion;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A trainer's records, written by hand, and the evaluator that follows them. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PeriodicEvaluatorITCase {

    private static final String RUN = "followed";
    private static final int EVERY = 2;

    @TempDir
    private Path directory;

    private final MeasuredConfig config = MeasuredConfig.loader()
            .option("test", "policy.vocabulary-size", "512")
            .option("test", "policy.hidden-size", "8")
            .option("test", "policy.head-size", "4")
            .option("test", "policy.attention-heads", "2")
            .option("test", "policy.key-value-heads", "1")
            .option("test", "policy.intermediate-size", "16")
            .option("test", "warm-up.steps", "1")
            .option("test", "warm-up.batch-size", "2")
            .option("test", "evaluation.periodic.every-steps", Integer.toString(EVERY))
            .option("test", "evaluation.periodic.problems", "6")
            .option("test", "evaluation.periodic.processor-share", "1")
            .load();

    private final List<PeriodicEvaluation> measured = new ArrayList<>();
    private EmbeddedBroker broker;
    private KafkaSettings kafka;
    private PolicyBundle policy;
    private PolicyTokenizer tokenizer;

    @BeforeEach
    void start() throws Exception {
        policy = new WarmUp(config.policy(), config.warmUp(), 1).run((step, steps, loss) -> {});
        tokenizer = PolicyTokenizer.parse(policy.tokenizerJson(), policy.endOfSequence());
        broker = EmbeddedBroker.start(directory.resolve("kafka"));
        kafka = new KafkaSettings(broker.bootstrapServers(), Map.of());
        try (TopicAdmin topics = new TopicAdmin(kafka)) {
            topics.createMissing(RUN);
        }
    }

    @AfterEach
    void stop() {
        tokenizer.close();
        broker.close();
    }

    @Test
    void measuresWhatWasCommittedAndALaterProcessGoesOnBehindIt() throws Exception {
        EvaluationLog log = EvaluationLog.open(directory.resolve("evaluations.jsonl"));
        Weights undone = weights(7);
        Weights second = weights(2);
        try (WeightsOutlet outlet =
                KafkaWeightsOutlet.to(kafka, RUN, config.weights()).open()) {
            outlet.publish(new WeightsVersion(1, 2), undone.serialize());
            transaction(false, step(2, 1, undone));
            outlet.publish(new WeightsVersion(2, 1), weights(1).serialize());
            outlet.publish(new WeightsVersion(2, 2), second.serialize());
        }
        transaction(true, step(1, 1, weights(1)), step(2, 2, second));

        evaluator(2, log).run();

        assertThat(measured).hasSize(1);
        PeriodicEvaluation first = measured.get(0);
        assertThat(first.step()).isEqualTo(2);
        assertThat(first.weightsHash()).isEqualTo(second.sha256());
        assertThat(first.evaluation().completions()).isEqualTo(6);
        assertThat(first.evaluation().passAt1())
                .isBetween(
                        first.evaluation().confidenceLow(), first.evaluation().confidenceHigh());

        // Steps 3 to 5 pass while nobody looks; of the weights only the newest are still asked for.
        Weights fifth = weights(5);
        try (WeightsOutlet outlet =
                KafkaWeightsOutlet.to(kafka, RUN, config.weights()).open()) {
            outlet.publish(new WeightsVersion(2, 5), fifth.serialize());
        }
        transaction(true, step(3, 2, weights(3)), step(4, 2, weights(4)), step(5, 2, fifth));

        evaluator(5, EvaluationLog.open(directory.resolve("evaluations.jsonl"))).run();

        assertThat(measured).hasSize(2);
        PeriodicEvaluation late = measured.get(1);
        assertThat(late.step()).isEqualTo(5);
        assertThat(late.dueStep()).isEqualTo(4);
        assertThat(late.weightsHash()).isEqualTo(fifth.sha256());
        assertThat(directory.resolve("evaluations.jsonl")).content().hasLineCount(2);
    }

    @Test
    void theSameStepIsMeasuredWithTheSameRandomNumbersAnywhere() throws Exception {
        Weights second = weights(2);
        try (WeightsOutlet outlet =
                KafkaWeightsOutlet.to(kafka, RUN, config.weights()).open()) {
            outlet.publish(new WeightsVersion(1, 2), second.serialize());
        }
        transaction(true, step(1, 1, weights(1)), step(2, 1, second));

        evaluator(2, EvaluationLog.open(directory.resolve("here.jsonl"))).run();
        evaluator(2, EvaluationLog.open(directory.resolve("there.jsonl"))).run();

        assertThat(measured).hasSize(2);
        assertThat(measured.get(1).evaluation()).isEqualTo(measured.get(0).evaluation());
    }

    private PeriodicEvaluator evaluator(long maximumSteps, EvaluationLog log) {
        var parts = new PeriodicEvaluator.Parts(
                RUN,
                1,
                maximumSteps,
                kafka,
                config.weights(),
                config.reward(),
                config.evaluation(),
                new WordProblems(1).heldOut(20),
                policy.config(),
                tokenizer);
        return new PeriodicEvaluator(parts, log, measured::add, Clock.systemUTC());
    }

    private Weights weights(long seed) {
        return Weights.initialise(policy.config(), seed);
    }

    private static Step step(long number, long incarnation, Weights weights) {
        return Step.newBuilder()
                .setRunId(RUN)
                .setStep(number)
                .setIncarnation(incarnation)
                .setGroupIds(List.of())
                .setAdvantageMean(0.0)
                .setAdvantageStd(1.0)
                .setLoss(0.0)
                .setCompletionTokens(1L)
                .setMetrics(Map.of())
                .setWeightsHash(weights.sha256())
                .setFinishedAt(0L)
                .build();
    }

    private void transaction(boolean commit, Step... steps) {
        Properties properties = kafka.clientProperties();
        properties.setProperty(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "trainer");
        RecordCodec<Step> codec = RecordCodec.of(Step.class);
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (Step step : steps) {
                producer.send(new ProducerRecord<>(Topic.STEPS.nameFor(RUN), codec.encode(step)));
            }
            producer.flush();
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }
}
