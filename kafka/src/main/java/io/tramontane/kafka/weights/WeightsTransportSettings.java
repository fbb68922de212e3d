package io.tramontane.kafka.weights;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.io.Serializable;
import java.time.Duration;

/** How weights travel through Kafka. */
public record WeightsTransportSettings(
        @JsonPropertyDescription("Bytes of weights one record carries.") @Min(1024) @Max(2_000_000)
        int chunkBytes,

        @JsonPropertyDescription(
                "Newest versions kept on the chunks topic; older ones are deleted as new ones come. At least two: a generator may be reading the last but one.")
        @Min(2)
        int versionsKept,

        @JsonPropertyDescription("How long the trainer tries to publish a version before it fails.") @NotNull
        Duration publishTimeout)
        implements Serializable {}
