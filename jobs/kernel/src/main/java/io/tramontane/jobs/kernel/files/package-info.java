/** Files that are written whole or not at all. */
package io.tramontane.jobs.kernel.files;
