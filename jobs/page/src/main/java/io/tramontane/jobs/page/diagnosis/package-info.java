/** Why a run is stuck: from figures to a cause. */
package io.tramontane.jobs.page.diagnosis;
