package io.tramontane.schemas.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a component of a record of settings, of type {@code Serializable}: the settings of a plug-in, a record of the type
 * that {@link Plugin#defaults()} has. The plug-in is the one that another component of the same record names. In the
 * configuration its settings stand beside that name, without a section of their own:
 *
 * <pre>{@code
 * training:
 *   loss:
 *     type: gspo         # chosenBy
 *     clip-low: 3e-4     # a component of the record Plugin.defaults()
 * }</pre>
 *
 * <pre>{@code
 * record LossChoice(
 *         @NotNull String type,
 *         @SettingsOfPlugin(value = PolicyLossPlugin.class, chosenBy = "type", kind = "loss") @NotNull @Valid
 *         Serializable settings) {}
 * }</pre>
 *
 * <p>In the defaults such a section has a key {@code '*'}: programs without the plug-ins then leave further keys alone.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.METHOD})
public @interface SettingsOfPlugin {

    /** The kind of plug-in. */
    @SuppressWarnings("rawtypes")
    Class<? extends Plugin> value();

    /**
     * The component that holds the plug-in's name, as it is called in Java. Empty where the section itself is called
     * like the plug-in: in the records of {@link PluginSections}.
     */
    String chosenBy() default "";

    /**
     * Whether the settings stand in a section of their own, called like the component, instead of beside the name. If
     * no plug-in has the name, the component is a {@code Map<String, String>} with what the section says.
     */
    boolean ownSection() default false;

    /** What a person calls one of them, for messages and tables: {@code loss}. */
    String kind();
}
