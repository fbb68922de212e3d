/** What a completion must look like: its parts, and the gate that asks for them. */
package io.tramontane.rewards.format;
