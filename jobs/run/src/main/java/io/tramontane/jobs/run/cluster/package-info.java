/** A cluster of processes on this machine: Kafka, ZooKeeper, Flink and generators, each on its own. */
package io.tramontane.jobs.run.cluster;
