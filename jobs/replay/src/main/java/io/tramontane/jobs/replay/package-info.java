/** What a recorded run would have been under other settings: its rewards, and its training. */
package io.tramontane.jobs.replay;
