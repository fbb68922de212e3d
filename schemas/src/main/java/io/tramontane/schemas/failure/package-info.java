/** Failures that are shown to the person who runs the program. */
package io.tramontane.schemas.failure;
