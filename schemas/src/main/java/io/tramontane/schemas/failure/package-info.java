/** Failures that are told to the person who runs the program. */
package io.tramontane.schemas.failure;
