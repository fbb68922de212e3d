package io.tramontane.schemas.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a component of a record of settings, of type {@code Serializable}: the settings of the plug-in that another
 * component of the same record names. In the configuration they stand beside that name, without a section of their own:
 *
 * <pre>{@code
 * training:
 *   loss:
 *     type: gspo         # chosenBy
 *     clip-low: 3e-4     # a component of the record Plugin.defaults()
 * }</pre>
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.METHOD})
public @interface SettingsOfPlugin {

    /** The kind of plug-in. */
    Class<? extends Plugin<?>> value();

    /** The component that holds its name, as it is called in Java. */
    String chosenBy();

    /** What a person calls one of them, for messages and tables: {@code loss}. */
    String kind();
}
