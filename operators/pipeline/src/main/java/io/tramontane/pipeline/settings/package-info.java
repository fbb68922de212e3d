/** The settings of the dataflow as a whole, put together from those of its operators. */
package io.tramontane.pipeline.settings;
