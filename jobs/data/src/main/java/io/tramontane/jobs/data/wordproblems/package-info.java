/**
 * The built-in task: small word problems in several languages, and the noisy demonstrations from which the warm-up
 * makes a base policy that is often wrong and often thinks in the wrong language.
 */
package io.tramontane.jobs.data.wordproblems;
