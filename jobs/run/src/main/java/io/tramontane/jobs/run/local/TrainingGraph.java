package io.tramontane.jobs.run.local;

import io.tramontane.jobs.kernel.flink.ConfigParameters;
import io.tramontane.jobs.kernel.folder.RunDirectory;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.topology.Fork;
import io.tramontane.jobs.topology.TrainTopology;
import io.tramontane.kafka.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** The training job of a run, ready to be submitted. */
public final class TrainingGraph {

    private TrainingGraph() {}

    /**
     * The job's graph.
     *
     * @param settings of Flink, under which it runs
     * @param kafka the brokers to use
     */
    public static StreamGraph of(
            TramontaneConfig config, RunDirectory directory, KafkaSettings kafka, Configuration settings) {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        environment.getConfig().setGlobalJobParameters(new ConfigParameters(config));
        TrainTopology.build(
                environment,
                config.job().trainJob(directory.id(), kafka, directory.basePolicy(), Fork.in(directory.fork())));
        StreamGraph graph = environment.getStreamGraph();
        graph.setJobName("Tramontane " + directory.id());
        return graph;
    }

    /** One id for all starts of a local run keeps its checkpoints in one folder. */
    public static JobID jobId(RunDirectory directory) {
        return named(directory.id());
    }

    /**
     * The id of a run's job on a cluster, where an id is taken once.
     *
     * @param submission from 1, how often the job has been submitted
     */
    public static JobID jobId(RunDirectory directory, int submission) {
        return named(directory.id() + "/" + submission);
    }

    private static JobID named(String name) {
        UUID id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return new JobID(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }
}
