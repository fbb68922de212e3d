package io.tramontane.rewards.code;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.io.Serializable;
import java.util.List;

/** How Python is run. */
public record PythonSettings(
        @JsonPropertyDescription("Absolute path of the interpreter, then its flags; the program is added.") @NotEmpty
        List<@NotBlank String> command)
        implements Serializable {}
