package io.tramontane.jobs.kernel.config.plugins;

import io.tramontane.schemas.plugin.Plugin;
import java.io.Serializable;

/** A kind of plug-in of which several are in use, each with a section called like it. */
public interface PatternPlugin<S extends Record & Serializable> extends Plugin<S> {}
