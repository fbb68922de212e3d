package io.tramontane.jobs.kernel.config.plugins;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Positive;
import java.io.Serializable;

public final class Stripes implements PatternPlugin<Stripes.Settings> {

    /** One setting. */
    public record Settings(
            @JsonPropertyDescription("How many.") @Positive int count) implements Serializable {}

    @Override
    public String name() {
        return "stripes";
    }

    @Override
    public Settings defaults() {
        return new Settings(3);
    }
}
