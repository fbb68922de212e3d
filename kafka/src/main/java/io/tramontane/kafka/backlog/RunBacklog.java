package io.tramontane.kafka.backlog;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How far a run's parts have come in its topics, as of one moment.
 *
 * @param prompts written so far
 * @param promptsOpen those of them that no generator has acknowledged: waiting or being answered
 * @param generators members of the generators' share group; empty where the brokers do not say. A generator has one for
 *     each fetch it holds, and a killed one keeps its own until the brokers notice
 * @param completions written so far
 * @param completionsUnread those of them behind the job's newest checkpoint; empty before the first
 * @param groups finished so far, transaction markers included
 */
public record RunBacklog(
        long prompts,
        long promptsOpen,
        OptionalInt generators,
        long completions,
        OptionalLong completionsUnread,
        long groups) {}
