package io.tramontane.rewards.code.sandbox;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.io.Serializable;
import java.util.List;

/** Settings of the sandbox that programs run in. */
public record SandboxSettings(
        @JsonPropertyDescription(
                "Folder for the runner, precompiled headers and locks; empty: tramontane-code-<user> in the system's"
                        + " folder for temporary files.")
        @NotNull
        String workFolder,

        @JsonPropertyDescription(
                "More files and folders that programs may read, e.g. a compiler in /opt; the system's are readable.")
        @NotNull
        List<@NotBlank String> readable,

        @JsonPropertyDescription("Size of the folder /tmp that a program may write to under bubblewrap, in bytes.")
        @NotNull
        @Positive
        Long scratchBytes,

        @JsonPropertyDescription("C compiler that builds the sandbox's runner at start-up.") @NotBlank
        String runnerCompiler)
        implements Serializable {}
