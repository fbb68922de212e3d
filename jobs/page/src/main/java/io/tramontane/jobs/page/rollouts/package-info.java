/** What the policy wrote: an index over the finished groups, and their completions. */
package io.tramontane.jobs.page.rollouts;
