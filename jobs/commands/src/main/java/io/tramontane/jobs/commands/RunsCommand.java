package io.tramontane.jobs.commands;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.jobs.kernel.files.Json;
import io.tramontane.jobs.run.config.TramontaneConfig;
import io.tramontane.jobs.run.local.RunOverview;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists runs. */
@Command(
        name = "runs",
        description = {
            "List the runs of a folder, the newest first.",
            "Status: running; finished; resumable, stopped or killed with a snapshot to go on from; failed, by an error or"
                    + " before its first snapshot.",
            "Steps of a fork count on from its parent's."
        },
        mixinStandardHelpOptions = true)
final class RunsCommand implements Callable<Integer> {

    private static final String ROW = "%-28s %-10s %13s %7s %9s  %-16s %9s%s%n";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    @Option(names = "--output", paramLabel = "DIR", description = "Where the runs are (default: run.output).")
    private Path output;

    @Option(names = "--json", description = "Write a JSON array in place of the table.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Path folder = output == null ? TramontaneConfig.loader().load().run().output() : output;
        List<RunOverview> runs = RunOverview.in(folder);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ArrayNode array = Json.array();
            runs.forEach(run -> array.add(node(run)));
            out.println(Json.pretty(array));
        } else if (runs.isEmpty()) {
            out.println("no runs in " + folder);
        } else {
            out.print(String.format(ROW, "run", "status", "step", "reward", "held-out", "started", "size", ""));
            runs.forEach(run -> out.print(row(run)));
        }
        out.flush();
        return 0;
    }

    private static String row(RunOverview run) {
        return String.format(
                Locale.ROOT,
                ROW,
                run.id(),
                run.status().name().toLowerCase(Locale.ROOT),
                run.step() + "/" + (run.steps() == 0 ? "?" : run.steps()),
                text("%.2f", run.reward()),
                text("%.1f%%", run.passAt1().map(share -> 100 * share)),
                Instant.ofEpochMilli(run.startedAt())
                        .atZone(ZoneId.systemDefault())
                        .format(TIME),
                String.format(Locale.ROOT, "%,.0f MB", run.bytes() / 1e6),
                run.fork().map(fork -> "  fork of " + fork).orElse(""));
    }

    private static String text(String format, Optional<Double> value) {
        return value.map(number -> String.format(Locale.ROOT, format, number)).orElse("-");
    }

    private static ObjectNode node(RunOverview run) {
        ObjectNode node = Json.object();
        node.put("id", run.id());
        node.put("status", run.status().name().toLowerCase(Locale.ROOT));
        node.put("step", run.step());
        node.put("steps", run.steps());
        node.put("reward", run.reward().orElse(null));
        node.put("passAt1", run.passAt1().orElse(null));
        node.put("startedAt", Instant.ofEpochMilli(run.startedAt()).toString());
        node.put("bytes", run.bytes());
        node.put("forkOf", run.fork().orElse(null));
        return node;
    }
}
