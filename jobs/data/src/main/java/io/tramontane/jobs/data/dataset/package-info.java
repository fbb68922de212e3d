/** Problems with verifiable answers: the built-in task's or a user's own. */
package io.tramontane.jobs.data.dataset;
