package io.tramontane.rewards.length;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.io.Serializable;

/** Settings of the length penalty (Magistral §2.2.3). */
public record LengthSettings(
        @JsonPropertyDescription("Completions of this length or longer get the whole penalty (l_max, tokens).")
        @NotNull
        @Positive
        Integer maximumTokens,

        @JsonPropertyDescription(
                "Over the last so many tokens before the maximum the penalty grows from 0 (l_cache, tokens).")
        @NotNull
        @Positive
        Integer cacheTokens)
        implements Serializable {

    /** Whether the penalty begins at a positive length. */
    @JsonIgnore
    @AssertTrue(message = "cache-tokens must not exceed maximum-tokens")
    public boolean isCacheWithinMaximum() {
        return maximumTokens == null || cacheTokens == null || cacheTokens <= maximumTokens;
    }
}
