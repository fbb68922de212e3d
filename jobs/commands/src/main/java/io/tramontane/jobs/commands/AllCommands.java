package io.tramontane.jobs.commands;

import io.tramontane.jobs.cli.CommandSet;
import java.util.List;

/** Every command there is, in the order in which they are listed. */
public final class AllCommands implements CommandSet {

    /** Made by the service loader. */
    public AllCommands() {}

    @Override
    public List<Class<?>> commands() {
        return List.of(
                RunCommand.class,
                CompareCommand.class,
                ScoreCommand.class,
                ReplayCommand.class,
                EvaluateCommand.class,
                DatasetCommand.class,
                CurateCommand.class,
                RepairTestsCommand.class,
                RunsCommand.class,
                DashboardCommand.class,
                ReportCommand.class,
                LedgerCommand.class,
                ExportCommand.class,
                PolicyCommand.class,
                TopicsCommand.class,
                AccessCommand.class,
                WarmUpCommand.class,
                ColdStartCommand.class,
                ClusterCommand.class,
                ClusterTrainCommand.class,
                GenerateCommand.class,
                BrokerCommand.class,
                FaultsCommand.class,
                GradeCommand.class,
                BenchCommand.class,
                DocsCommand.class);
    }
}
