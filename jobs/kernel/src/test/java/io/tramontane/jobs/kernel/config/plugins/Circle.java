package io.tramontane.jobs.kernel.config.plugins;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Positive;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

public final class Circle implements ShapePlugin<Circle.Settings> {

    /** Settings of most types that there are. */
    public record Settings(
            @JsonPropertyDescription("How wide.") @Positive double radius,

            @JsonPropertyDescription("How it is painted.") List<String> colours,

            @JsonPropertyDescription("How fast it turns.") Duration turn,

            @JsonPropertyDescription("What it is written on.")
            Ground ground)
            implements Serializable {

        /** A check of the record as a whole. */
        @AssertTrue(message = "a large circle needs a colour")
        public boolean isPainted() {
            return radius < 100 || !colours.isEmpty();
        }
    }

    /** A choice. */
    public enum Ground {
        PLAIN,
        SQUARED
    }

    @Override
    public String name() {
        return "circle";
    }

    @Override
    public Settings defaults() {
        return new Settings(1.5, List.of("red"), Duration.ofSeconds(2), Ground.PLAIN);
    }
}
