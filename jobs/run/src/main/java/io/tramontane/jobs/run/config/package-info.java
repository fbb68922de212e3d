/** The sum of all settings, and what must hold between them. */
package io.tramontane.jobs.run.config;
