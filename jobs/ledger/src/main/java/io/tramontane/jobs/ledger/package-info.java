/** The ledger: proves from a run's topics that every completion was trained once or dropped for one reason. */
package io.tramontane.jobs.ledger;
