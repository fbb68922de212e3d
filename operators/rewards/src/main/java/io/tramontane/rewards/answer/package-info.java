/** Where the answer is found in a completion. */
package io.tramontane.rewards.answer;
