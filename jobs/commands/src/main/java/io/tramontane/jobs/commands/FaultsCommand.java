package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.ConfigOptions;
import io.tramontane.jobs.kernel.failure.RunFailure;
import io.tramontane.jobs.lab.faults.CampaignReport;
import io.tramontane.jobs.lab.faults.FaultCampaign;
import io.tramontane.jobs.lab.faults.FaultKind;
import io.tramontane.jobs.lab.faults.FaultPlan;
import io.tramontane.jobs.ledger.LedgerTable;
import io.tramontane.jobs.run.cluster.Cluster;
import io.tramontane.jobs.run.console.RunConsole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Injects faults into a run on a cluster of processes. */
@Command(
        name = "faults",
        description = {
            "Train on a cluster of processes while they are killed, frozen and starved, then prove that nothing was lost,"
                    + " nothing counted twice, and that the weights follow from the topics.",
            "Exits with 1 when the proof fails."
        },
        mixinStandardHelpOptions = true)
final class FaultsCommand implements Callable<Integer> {

    private static final int GENERATORS = 2;

    @Parameters(paramLabel = "FOLDER", description = "Folder of the run to make.")
    private Path folder;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Option(names = "--count", paramLabel = "N", defaultValue = "25", description = "How many faults (default: 25).")
    private int count;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Decides their order (default: 1).")
    private long seed;

    @Option(
            names = "--kinds",
            paramLabel = "KIND",
            split = ",",
            description = "What may happen, of ${COMPLETION-CANDIDATES} (default: all).")
    private List<FaultKind> kinds = Arrays.asList(FaultKind.values());

    @Option(
            names = "--every",
            paramLabel = "TIME",
            defaultValue = "1s",
            converter = DurationConverter.class,
            description =
                    "Least time from one fault to the next, 1min for example (default: two steps after the last).")
    private Duration every;

    @Option(
            names = "--policy",
            paramLabel = "BASE",
            description = "Folder of the base policy, in Hugging Face layout; else a warm-up makes it.")
    private Path policy;

    @Option(names = "--keep", description = "Leave the cluster up at the end.")
    private boolean keep;

    @Override
    public Integer call() throws Exception {
        if (Files.exists(folder)) {
            throw new RunFailure(folder + " exists already; faults are for a run of their own");
        }
        RunConsole console = TerminalConsole.open();
        Cluster cluster = ClusterFolder.prepared(
                folder,
                Map.of("training.maximum-steps", Integer.toString(Integer.MAX_VALUE)),
                options,
                Optional.empty(),
                Optional.of(GENERATORS));
        ClusterFolder.makeBasePolicy(cluster, Optional.ofNullable(policy), console);
        FaultCampaign campaign = new FaultCampaign(cluster, ClusterTrainCommand.jar(), seed, every, console);
        try {
            CampaignReport report = campaign.run(FaultPlan.of(kinds, count, seed));
            console.print(LedgerTable.of(
                    report.ledger(), Double.parseDouble(LedgerCommand.LENGTH_THRESHOLD), System.currentTimeMillis()));
            console.print(report.table());
            console.say("figures", "%s", folder.resolve("faults.json"));
            return report.clean() ? 0 : 1;
        } finally {
            if (!keep) {
                cluster.down();
            }
        }
    }
}
