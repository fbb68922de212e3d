package io.tramontane.schemas.plugin;

import java.io.Serializable;

/**
 * Something that the configuration chooses by name: a reward, a loss, an advantage. What comes with Tramontane and what
 * users bring is found in the same way: implementations have a public constructor without parameters and are named in
 * {@code META-INF/services/} of their jar, which lies on the class path.
 *
 * @param <S> its settings: a public record. Its components are keys of the configuration in kebab-case, with Jackson's
 *     {@code JsonPropertyDescription} as their meaning and the constraints of Jakarta Validation as their bounds;
 *     allowed are numbers, booleans, texts, enumerations, durations, and lists of them
 */
public interface Plugin<S extends Record & Serializable> {

    /**
     * What the configuration calls it: lower case, words joined by hyphens or, where the field does so, underscores.
     */
    String name();

    /** The value of every setting that is not given; null for one that must be given. */
    S defaults();

    /**
     * Settings that were bound for this plug-in, by their type.
     *
     * @throws ClassCastException if they are another's
     */
    @SuppressWarnings("unchecked")
    default S own(Serializable settings) {
        return (S) defaults().getClass().cast(settings);
    }
}
