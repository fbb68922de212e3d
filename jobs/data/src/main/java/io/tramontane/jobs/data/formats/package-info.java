/**
 * The layouts in which problems are published, each as one class that makes a problem of a row. Nothing here is
 * specific to a kind of file.
 */
package io.tramontane.jobs.data.formats;
