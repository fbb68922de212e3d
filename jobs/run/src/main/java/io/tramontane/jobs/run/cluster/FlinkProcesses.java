package io.tramontane.jobs.run.cluster;

import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.kernel.files.AtomicFile;
import io.tramontane.jobs.kernel.flink.FlinkConfiguration;
import io.tramontane.jobs.kernel.flink.FlinkSettings;
import io.tramontane.jobs.kernel.metrics.MetricsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;
import org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * How Flink's processes and the ZooKeeper behind their high availability are configured and started: Flink's own entry
 * points, with the memory arguments that Flink's own scripts compute.
 */
final class FlinkProcesses {

    private static final String LOOPBACK = "127.0.0.1";
    private static final String ZOOKEEPER_FILE = "zoo.cfg";
    private static final String FLINK_FILE = "config.yaml";

    private final ClusterDirectory directory;
    private final ClusterPlan plan;
    private final Configuration configuration;

    FlinkProcesses(ClusterDirectory directory, ClusterPlan plan, FlinkSettings settings, MetricsSettings metrics) {
        this.directory = directory;
        this.plan = plan;
        this.configuration = configuration(directory, plan, settings);
        metrics.applyTo(configuration);
    }

    /** What a client of the cluster needs to know. */
    Configuration configuration() {
        return configuration;
    }

    private static Configuration configuration(ClusterDirectory directory, ClusterPlan plan, FlinkSettings settings) {
        Configuration configuration = FlinkConfiguration.ofJob(settings);
        FlinkConfiguration.quickRecovery(configuration);
        configuration.set(JobManagerOptions.ADDRESS, LOOPBACK);
        configuration.set(JobManagerOptions.PORT, plan.jobManagerPort());
        configuration.set(JobManagerOptions.BIND_HOST, LOOPBACK);
        configuration.set(RestOptions.ADDRESS, LOOPBACK);
        configuration.set(RestOptions.BIND_ADDRESS, LOOPBACK);
        configuration.set(RestOptions.PORT, plan.webPort());
        configuration.set(RestOptions.BIND_PORT, Integer.toString(plan.webPort()));
        configuration.set(TaskManagerOptions.HOST, LOOPBACK);
        configuration.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
        configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, 1);
        memory(configuration);
        configuration.set(HighAvailabilityOptions.HA_MODE, "zookeeper");
        configuration.set(HighAvailabilityOptions.HA_ZOOKEEPER_QUORUM, LOOPBACK + ":" + plan.zooKeeperPort());
        configuration.set(
                HighAvailabilityOptions.HA_CLUSTER_ID, "/" + directory.run().id());
        configuration.set(HighAvailabilityOptions.HA_JOB_MANAGER_PORT_RANGE, Integer.toString(plan.jobManagerPort()));
        configuration.set(HighAvailabilityOptions.HA_STORAGE_PATH, uri(directory.highAvailability()));
        configuration.set(SecurityOptions.ZOOKEEPER_SASL_DISABLE, true);
        // A killed JobManager is leader until its session ends.
        configuration.set(HighAvailabilityOptions.ZOOKEEPER_SESSION_TIMEOUT, Duration.ofSeconds(4));
        configuration.set(HighAvailabilityOptions.ZOOKEEPER_CONNECTION_TIMEOUT, Duration.ofSeconds(3));
        configuration.set(HighAvailabilityOptions.ZOOKEEPER_RETRY_WAIT, Duration.ofSeconds(1));
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, uri(directory.run().checkpoints()));
        configuration.set(
                CheckpointingOptions.SAVEPOINT_DIRECTORY, uri(directory.run().savepoints()));
        configuration.set(CoreOptions.TMP_DIRS, directory.temporary().toString());
        // One copy of DJL's native library in a process: user code comes from lib/ like everything else.
        configuration.set(CoreOptions.CLASSLOADER_RESOLVE_ORDER, "parent-first");
        settings.properties().forEach(configuration::setString);
        return configuration;
    }

    private static void memory(Configuration configuration) {
        configuration.set(JobManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.ofMebiBytes(1024));
        configuration.set(TaskManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.ofMebiBytes(2560));
        // RocksDB's share, and that of network buffers; the state of our jobs is a few megabytes.
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(128));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
        // Tensors live in native memory, buffers of weights on their way in direct memory.
        configuration.set(TaskManagerOptions.TASK_OFF_HEAP_MEMORY, MemorySize.ofMebiBytes(768));
    }

    private static String uri(Path path) {
        return path.toAbsolutePath().toUri().toString();
    }

    /** Writes the files that the processes read. */
    void write() {
        try {
            Files.createDirectories(directory.configuration());
            Files.createDirectories(directory.temporary());
            DumperOptions block = new DumperOptions();
            block.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
            write(FLINK_FILE, new Yaml(block).dump(new TreeMap<>(configuration.toMap())));
            write(ZOOKEEPER_FILE, zooKeeperFile());
        } catch (IOException e) {
            throw new RunFailure("cannot write " + directory.configuration() + ": " + e.getMessage(), e);
        }
    }

    private void write(String name, String text) throws IOException {
        AtomicFile.write(directory.configuration().resolve(name), text);
    }

    private String zooKeeperFile() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("dataDir", directory.zooKeeper().toAbsolutePath().toString());
        settings.put("clientPortAddress", LOOPBACK);
        settings.put("clientPort", Integer.toString(plan.zooKeeperPort()));
        settings.put("admin.enableServer", "false");
        // Sessions may be as short as two ticks.
        settings.put("tickTime", "500");
        settings.put("maxClientCnxns", "0");
        StringBuilder text = new StringBuilder();
        settings.forEach(
                (key, value) -> text.append(key).append('=').append(value).append('\n'));
        return text.toString();
    }

    /** Main class and arguments behind the memory options, for {@code java}. */
    List<String> zooKeeper() {
        return List.of(
                "-Xmx128m",
                "-XX:+UseSerialGC",
                FlinkZooKeeperQuorumPeer.class.getName(),
                "--zkConfigFile",
                directory.configuration().resolve(ZOOKEEPER_FILE).toString(),
                "--peerId",
                "1");
    }

    List<String> jobManager() {
        JobManagerProcessSpec specification = JobManagerProcessUtils.processSpecFromConfig(configuration);
        List<String> command = new ArrayList<>();
        words(JobManagerProcessUtils.generateJvmParametersStr(specification, configuration))
                .forEach(command::add);
        command.add(StandaloneSessionClusterEntrypoint.class.getName());
        command.addAll(List.of("--configDir", directory.configuration().toString()));
        words(JobManagerProcessUtils.generateDynamicConfigsStr(specification)).forEach(command::add);
        return command;
    }

    /** @param identity unique to this start of the TaskManager */
    List<String> taskManager(String identity) {
        TaskExecutorProcessSpec specification = TaskExecutorProcessUtils.processSpecFromConfig(configuration);
        List<String> command = new ArrayList<>();
        words(ProcessMemoryUtils.generateJvmParametersStr(specification)).forEach(command::add);
        command.add(TaskManagerRunner.class.getName());
        command.addAll(List.of("--configDir", directory.configuration().toString()));
        words(TaskExecutorProcessUtils.generateDynamicConfigsStr(specification)).forEach(command::add);
        command.addAll(List.of("-D", TaskManagerOptions.TASK_MANAGER_RESOURCE_ID.key() + "=" + identity));
        return command;
    }

    private static Stream<String> words(String options) {
        return Stream.of(options.trim().split("\\s+")).filter(word -> !word.isEmpty());
    }
}
