/** What users choose by name in the configuration and may bring in a jar of their own. */
package io.tramontane.schemas.plugin;
