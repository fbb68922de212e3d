package io.tramontane.tests.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.jobs.kernel.config.ConfigLoader;
import io.tramontane.jobs.kernel.flink.FlinkConfiguration;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.topology.ReplayTopology;
import io.tramontane.jobs.topology.ScoreTopology;
import io.tramontane.jobs.topology.Selection;
import io.tramontane.jobs.topology.TrainTopology;
import io.tramontane.pipeline.OperatorIdentity;
import io.tramontane.pipeline.io.PipelineTopics.Extent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.runtime.OperatorIDPair;
import org.apache.flink.runtime.jobgraph.JobEdge;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamEdge;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The plan of each topology, as it is stored beside the tests: uids and the ids of state that follow from them, what
 * feeds what and how, parallelism, and which operators run in one task. A checkpoint finds its operators by these ids,
 * so a plan that differs is either meant, and then its file changes in the same commit, or a broken promise.
 *
 * <p>{@code -Dtramontane.plans.write=true} writes the files.
 */
class TopologyPlansTest {

    private static final Path STORED = Path.of("src", "test", "resources", "plans");
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(15);
    private static final String RUN = "planned";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The topologies; that of training with and without a curriculum, whose progress is an input of the scheduler. */
    private enum Topology {
        TRAIN(TopologyPlansTest::training),
        TRAIN_IN_STAGES(TopologyPlansTest::training, "curriculum.stages=[{steps: 5}, {maximum-groups-in-flight: 64}]"),
        SCORE((environment, config) -> ScoreTopology.build(
                environment,
                RUN,
                config.kafka(),
                config.pipeline(),
                config.reward(),
                Extent.UP_TO_NOW,
                TRANSACTION_TIMEOUT)),
        REPLAY((environment, config) -> ReplayTopology.build(
                environment,
                new ReplayTopology.Recorded(RUN, "replayed", Selection.everything()),
                config.kafka(),
                config.pipeline(),
                config.reward(),
                TRANSACTION_TIMEOUT));

        private final BiConsumer<StreamExecutionEnvironment, TramontaneConfig> build;
        private final List<String> settings;

        Topology(BiConsumer<StreamExecutionEnvironment, TramontaneConfig> build, String... settings) {
            this.build = build;
            this.settings = List.of(settings);
        }

        StreamGraph graph() {
            ConfigLoader<TramontaneConfig> loader = TramontaneConfig.loader()
                    .set("kafka.bootstrap-servers=127.0.0.1:1")
                    .set("flink.parallelism=2");
            settings.forEach(loader::set);
            TramontaneConfig config = loader.load();
            var environment = StreamExecutionEnvironment.getExecutionEnvironment(
                    FlinkConfiguration.of(config.flink(), Path.of("checkpoints")));
            build.accept(environment, config);
            return environment.getStreamGraph();
        }

        Path file() {
            return STORED.resolve(name().toLowerCase(Locale.ROOT).replace('_', '-') + ".json");
        }
    }

    private static void training(StreamExecutionEnvironment environment, TramontaneConfig config) {
        TrainTopology.build(environment, config.job().trainJob(RUN, config.kafka(), Path.of("base")));
    }

    @ParameterizedTest
    @EnumSource
    void thePlanIsTheStoredOne(Topology topology) throws IOException {
        String plan = plan(topology.graph());
        if (Boolean.getBoolean("tramontane.plans.write")) {
            Files.createDirectories(STORED);
            Files.writeString(topology.file(), plan);
        }
        assertThat(plan).isEqualTo(Files.readString(topology.file()));
    }

    /** So that a uid which changes is seen here. */
    @Test
    void everyOperatorIsInAPlan() {
        Set<String> planned = Stream.of(Topology.values())
                .flatMap(topology -> topology.graph().getStreamNodes().stream())
                .map(StreamNode::getTransformationUID)
                .collect(Collectors.toSet());
        assertThat(planned)
                .containsAll(Stream.of(OperatorIdentity.values())
                        .map(OperatorIdentity::uid)
                        .toList());
    }

    private static String plan(StreamGraph graph) throws JsonProcessingException {
        ObjectNode plan = JSON.createObjectNode();
        graph.getStreamNodes().stream()
                .sorted(Comparator.comparing(TopologyPlansTest::identity))
                .map(node -> operator(node, graph))
                .forEach(plan.putArray("operators")::add);
        JobGraph tasks = graph.getJobGraph(TopologyPlansTest.class.getClassLoader(), null);
        tasks.getVerticesSortedTopologicallyFromSources().stream()
                .sorted(Comparator.comparing(JobVertex::getName))
                .map(TopologyPlansTest::task)
                .forEach(plan.putArray("tasks")::add);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(plan) + "\n";
    }

    /** The uid; of the parts that Flink makes of a sink, its uid and what the part is. */
    private static String identity(StreamNode node) {
        return node.getTransformationUID() + " | " + node.getOperatorName();
    }

    private static JsonNode operator(StreamNode node, StreamGraph graph) {
        ObjectNode operator = JSON.createObjectNode()
                .put("uid", node.getTransformationUID())
                .put("name", node.getOperatorName())
                .put("parallelism", node.getParallelism())
                .put("maximumParallelism", node.getMaxParallelism())
                .put("slotSharingGroup", node.getSlotSharingGroup());
        List<StreamEdge> inputs = node.getInEdges().stream()
                .sorted(Comparator.comparing(
                        (StreamEdge edge) -> identity(graph.getStreamNode(edge.getSourceId())) + edge.getTypeNumber()))
                .toList();
        ArrayNode edges = operator.putArray("inputs");
        for (StreamEdge edge : inputs) {
            edges.addObject()
                    .put("from", identity(graph.getStreamNode(edge.getSourceId())))
                    .put("input", edge.getTypeNumber())
                    .put("partitioner", edge.getPartitioner().toString())
                    .put(
                            "sideOutput",
                            edge.getOutputTag() == null
                                    ? null
                                    : edge.getOutputTag().getId());
        }
        return operator;
    }

    private static JsonNode task(JobVertex vertex) {
        ObjectNode task = JSON.createObjectNode()
                .put("name", vertex.getName())
                .put("parallelism", vertex.getParallelism())
                .put("maximumParallelism", vertex.getMaxParallelism());
        ArrayNode operators = task.putArray("operators");
        for (OperatorIDPair operator : vertex.getOperatorIDs()) {
            operators
                    .addObject()
                    .put("name", operator.getUserDefinedOperatorName())
                    .put("uid", operator.getUserDefinedOperatorUid())
                    .put("id", operator.getGeneratedOperatorID().toHexString());
        }
        ArrayNode inputs = task.putArray("inputs");
        vertex.getInputs().stream()
                .sorted(Comparator.comparing(
                        (JobEdge edge) -> edge.getSource().getProducer().getName()))
                .forEach(edge -> inputs.addObject()
                        .put("from", edge.getSource().getProducer().getName())
                        .put("distribution", edge.getDistributionPattern().name())
                        .put("exchange", edge.getSource().getResultType().name()));
        return task;
    }
}
