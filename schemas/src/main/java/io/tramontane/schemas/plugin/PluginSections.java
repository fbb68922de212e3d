package io.tramontane.schemas.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a component of a record of settings, of type {@code Map<String, X>}: beside the keys of the other components the
 * section has one section for each plug-in that is in use, called like the plug-in. {@code X} is a record with what all
 * of them have and one component {@link SettingsOfPlugin}, whose keys stand beside those. A plug-in without a section
 * is not in the map.
 *
 * <pre>{@code
 * reward:
 *   length:                  # the name of a plug-in, a key of the map
 *     weight: 0.1            # a component of X
 *     maximum-tokens: 48     # a component of the record Plugin.defaults()
 * }</pre>
 *
 * <p>What a section has by default stands in the defaults under {@code '*'} in place of the name; what has no default
 * there must be given.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.METHOD})
public @interface PluginSections {}
