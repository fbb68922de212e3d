/** The topologies of training, scoring and replay: which operator feeds which. */
package io.tramontane.jobs.topology;
