package io.tramontane.jobs.lab.faults;

/**
 * One fault and what came after it.
 *
 * @param atSeconds since the campaign began
 * @param detail on what it was done
 * @param lastedSeconds how long its cause lasted; 0 for a kill
 * @param recoverySeconds from the kill, or for other kinds from the end of the cause, to the first step that was made
 *     after it and committed
 * @param newIncarnation whether the trainer was started again
 */
public record FaultResult(
        FaultKind kind,
        double atSeconds,
        String detail,
        double lastedSeconds,
        double recoverySeconds,
        boolean newIncarnation) {}
