package io.tramontane.jobs.page.comparison;

import java.util.List;

/**
 * One way to run the main job in a comparison.
 *
 * @param name as the table shows it
 * @param overrides {@code key=value} settings that make it differ from the common configuration
 */
public record Variant(String name, List<String> overrides) {

    public Variant {
        overrides = List.copyOf(overrides);
    }

    /**
     * Reads {@code name} or {@code name:key=value,key=value}.
     *
     * @throws IllegalArgumentException when a setting has no {@code =}
     */
    public static Variant parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new Variant(text, List.of());
        }
        List<String> overrides = List.of(text.substring(colon + 1).split(","));
        overrides.stream()
                .filter(override -> !override.contains("="))
                .findFirst()
                .ifPresent(override -> {
                    throw new IllegalArgumentException("variant '" + text + "': '" + override + "' is not key=value");
                });
        return new Variant(text.substring(0, colon), overrides);
    }
}
