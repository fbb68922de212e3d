/** Files that are written whole or not at all, and the JSON and YAML in them. */
package io.tramontane.jobs.kernel.files;
