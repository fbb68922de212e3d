package io.tramontane.jobs.kernel.config.plugins;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Min;
import java.io.Serializable;

public final class Polygon implements ShapePlugin<Polygon.Settings> {

    /** One setting that has a default, one that must be given, one that refuses values itself. */
    public record Settings(
            @JsonPropertyDescription("How many sides.") @Min(3)
            Integer sides,

            @JsonPropertyDescription("How wide.") double radius,

            @JsonPropertyDescription("What stands in it.") String label)
            implements Serializable {

        public Settings {
            if (label.contains("!")) {
                throw new IllegalArgumentException("label must not shout");
            }
        }
    }

    @Override
    public String name() {
        return "polygon";
    }

    @Override
    public Settings defaults() {
        return new Settings(null, 1, "");
    }
}
