package io.tramontane.rewards.code.sandbox;

/** What keeps programs away from the host. Limits and the filter of system calls come on top, except for the last. */
public enum Isolation {
    /** The first of {@link #BUBBLEWRAP} and {@link #LANDLOCK} that works here; neither is an error. */
    AUTOMATIC,
    /** Namespaces of their own for everything, a system mounted read-only, no {@code /proc}, no network. */
    BUBBLEWRAP,
    /** The host's namespaces; the kernel's Landlock lets programs read the system's libraries and write nowhere. */
    LANDLOCK,
    /** Limits alone: a program can read, write and send whatever our own user can. For trusted programs only. */
    UNSAFE
}
