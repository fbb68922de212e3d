package io.tramontane.jobs.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.jobs.kernel.files.Json;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.RewardComponent;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Writes completions with changed verdicts as JSON Lines; the file appears under its name when it is complete. */
final class ChangedCompletionFile implements AutoCloseable {

    private final Path file;
    private final Path temporary;
    private final BufferedWriter writer;
    private boolean complete;

    ChangedCompletionFile(Path file) throws IOException {
        this.file = file;
        this.temporary = file.resolveSibling(file.getFileName() + ".tmp");
        this.writer = Files.newBufferedWriter(temporary);
    }

    void write(ChangedCompletion change) {
        Completion completion = change.after().getCompletion();
        ObjectNode line = Json.object();
        line.put("completionId", completion.getCompletionId());
        line.put("language", completion.getLanguage());
        line.put("problem", completion.getProblem());
        line.put("reference", completion.getReference());
        line.put("completion", completion.getText());
        line.put("rewardBefore", change.rewardBefore());
        line.put("rewardAfter", change.after().getReward());
        line.put("advantageBefore", change.advantageBefore());
        line.put("advantageAfter", change.after().getAdvantage());
        ObjectNode components = line.putObject("changed");
        for (String name : change.changed()) {
            ObjectNode component = components.putObject(name);
            put(component, "before", change.componentsBefore(), name);
            put(component, "after", change.after().getComponents(), name);
        }
        try {
            writer.write(Json.line(line));
            writer.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(ObjectNode node, String side, List<RewardComponent> components, String name) {
        components.stream()
                .filter(component -> component.getName().equals(name))
                .findFirst()
                .ifPresent(component -> node.putObject(side)
                        .put("verdict", component.getVerdict().name())
                        .put("value", component.getValue())
                        .put("reason", component.getReason()));
    }

    /** Says that nothing more comes. */
    void complete() {
        complete = true;
    }

    @Override
    public void close() throws IOException {
        writer.close();
        if (complete) {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.deleteIfExists(temporary);
        }
    }
}
