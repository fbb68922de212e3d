package io.tramontane.jobs.kernel.config.plugins;

import io.tramontane.schemas.plugin.Plugin;
import java.io.Serializable;

/** A kind of plug-in that a section chooses by name. */
public interface ShapePlugin<S extends Record & Serializable> extends Plugin<S> {}
