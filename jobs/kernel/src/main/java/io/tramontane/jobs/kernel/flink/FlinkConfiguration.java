package io.tramontane.jobs.kernel.flink;

import io.tramontane.pipeline.OperatorIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;

/** Flink's settings for our jobs. */
public final class FlinkConfiguration {

    /** Longer than a barrier takes where nothing piles up, and short beside the interval of checkpoints. */
    private static final Duration ALIGNED_CHECKPOINT_TIMEOUT = Duration.ofMillis(50);

    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration LONGEST_RESTART_DELAY = Duration.ofSeconds(2);
    private static final Duration HEALTHY_AFTER = Duration.ofSeconds(10);

    private FlinkConfiguration() {}

    /**
     * For a cluster in this process.
     *
     * @param checkpoints folder for them
     */
    public static Configuration of(FlinkSettings settings, Path checkpoints) {
        Configuration configuration = ofJob(settings);
        configuration.set(RestOptions.ADDRESS, LOOPBACK);
        configuration.set(RestOptions.BIND_ADDRESS, LOOPBACK);
        configuration.set(RestOptions.BIND_PORT, Integer.toString(settings.webPort()));
        // The UI shows metrics as old as this; ten seconds, the default, are long in a run of minutes.
        configuration.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ofMillis(500));
        memory(configuration);
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        settings.properties().forEach(configuration::setString);
        return configuration;
    }

    /** What our jobs need wherever they run; where checkpoints go is set by the cluster. */
    public static Configuration ofJob(FlinkSettings settings) {
        Configuration configuration = new Configuration();
        checkpoints(configuration, settings);
        job(configuration, settings);
        settings.properties().forEach(configuration::setString);
        return configuration;
    }

    /**
     * Loss of a process is noticed in seconds: with Flink's defaults of 10 and 50 s a cluster would look on for most of
     * a minute. A refused connection counts at once, and a process that stands still is given up after three seconds.
     */
    public static void quickRecovery(Configuration configuration) {
        configuration.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofMillis(500));
        configuration.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofSeconds(3));
        configuration.set(HeartbeatManagerOptions.HEARTBEAT_RPC_FAILURE_THRESHOLD, 1);
    }

    private static void memory(Configuration configuration) {
        // RocksDB's share; the state of a local run is a few megabytes.
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(128));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
    }

    private static void checkpoints(Configuration configuration, FlinkSettings settings) {
        configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        // What is in keyed state lives for seconds and is mostly tokens and log-probs, which hardly get smaller.
        configuration.set(RocksDBConfigurableOptions.COMPRESSION_PER_LEVEL, List.of(CompressionType.NO_COMPRESSION));
        // Most lookups are for groups that never were: a filter says so without a look into the files.
        configuration.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
        // Every checkpoint is worth several kilobytes to it otherwise, once a second, in a file beside the run's log.
        configuration.set(RocksDBConfigurableOptions.LOG_LEVEL, InfoLogLevel.WARN_LEVEL);
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, settings.checkpointInterval());
        // A whole batch of micro-batches may wait in front of the trainer, more than a step's time: a barrier overtakes
        // them, and what it overtook is part of the checkpoint.
        configuration.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
        configuration.set(CheckpointingOptions.ALIGNED_CHECKPOINT_TIMEOUT, ALIGNED_CHECKPOINT_TIMEOUT);
        // A full snapshot would walk over every group of the last hour, once a second.
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        // Where a checkpoint takes as long as the interval, the job must not be busy with nothing else.
        configuration.set(
                CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS,
                settings.checkpointInterval().dividedBy(2));
        // Not for its size: Flink reads operator state back byte by byte, from a file without a buffer (a system call
        // each) unless it is compressed. Three megabytes of trainer take 3.4 s that way, 200 MB four minutes.
        configuration.set(ExecutionOptions.SNAPSHOT_COMPRESSION, true);
        configuration.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, settings.checkpointsKept());
        // While the disk is full training goes on and commits later; a restart would only throw steps away.
        configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, settings.tolerableCheckpointFailures());
        // A killed or cancelled run goes on from its last checkpoint.
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    }

    private static void job(Configuration configuration, FlinkSettings settings) {
        configuration.set(CoreOptions.DEFAULT_PARALLELISM, settings.parallelism());
        configuration.set(PipelineOptions.MAX_PARALLELISM, OperatorIdentity.maximumParallelism());
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        // No operator keeps or changes an element after it has passed it on.
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        restarts(configuration, settings);
    }

    /** A failure after ten seconds of health is a new one, so a long run survives any number of them. */
    private static void restarts(Configuration configuration, FlinkSettings settings) {
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, settings.restartDelay());
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
                max(settings.restartDelay(), LONGEST_RESTART_DELAY));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER, 2.0);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD, HEALTHY_AFTER);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS,
                settings.restartAttempts() < 0 ? Integer.MAX_VALUE : settings.restartAttempts());
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
