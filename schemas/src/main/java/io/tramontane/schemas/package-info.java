/**
 * What travels on the topics and in state: the records of {@code tramontane.avdl}, and how they become bytes and back.
 */
package io.tramontane.schemas;
