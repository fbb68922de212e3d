package io.tramontane.jobs.page.web;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.List;

/** Where the run page is served. */
public record PageSettings(
        @JsonPropertyDescription("Serve the run page while a run goes on; the command dashboard serves it anyway.")
        boolean enabled,

        @JsonPropertyDescription(
                "Address it is served on. It has no login: anybody who can reach it sees prompts, completions and the configuration.")
        @NotBlank
        String host,

        @JsonPropertyDescription("Its port; 0 takes a free one.") @Min(0) @Max(65_535)
        int port,

        @JsonPropertyDescription(
                "Further names under which browsers may ask for it, of a proxy in front of it for example. Others are refused, so that no foreign page can read it.")
        @NotNull
        List<String> allowedHosts) {

    public PageSettings {
        allowedHosts = allowedHosts == null ? null : List.copyOf(allowedHosts);
    }
}
