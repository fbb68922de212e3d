package io.tramontane.schemas.plugin;

import java.io.Serializable;

/** The settings of a plug-in that has none. */
public record NoSettings() implements Serializable {}
