/** The policy in training as a Flink operator. */
package io.tramontane.pipeline.training;
