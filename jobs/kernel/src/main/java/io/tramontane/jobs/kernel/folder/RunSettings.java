package io.tramontane.jobs.kernel.folder;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;

/** Identity and place of a run. */
public record RunSettings(
        @JsonPropertyDescription(
                "Name of the run: its folder, and the beginning of its topics' names. Empty: made from the time of its start.")
        @NotNull
        @Pattern(
                regexp = "|[A-Za-z0-9][A-Za-z0-9._-]{0,99}",
                message =
                        "must begin with a letter or digit and hold letters, digits, '.', '_' and '-' only, at most 100")
        String id,

        @JsonPropertyDescription("Everything random in a run is drawn from it.")
        long seed,

        @JsonPropertyDescription("Folder in which a run makes its own.") @NotNull
        Path output) {}
