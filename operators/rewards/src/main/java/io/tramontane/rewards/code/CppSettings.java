package io.tramontane.rewards.code;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.io.Serializable;
import java.util.List;

/** How C++ is compiled. */
public record CppSettings(
        @JsonPropertyDescription("Absolute path of the compiler, then its flags; source and output are added.")
        @NotEmpty
        List<@NotBlank String> command,

        @JsonPropertyDescription("Whether bits/stdc++.h is precompiled at start-up for these flags.") @NotNull
        Boolean precompiledHeader)
        implements Serializable {}
