/** Plug-ins that the tests of the configuration choose and set. */
package io.tramontane.jobs.kernel.config.plugins;
