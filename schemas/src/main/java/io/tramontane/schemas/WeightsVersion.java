package io.tramontane.schemas;

/**
 * Names one state of the weights.
 *
 * <p>The incarnation grows with every restart of the trainer and weighs more than the version: after a restart the
 * trainer goes on from its checkpoint, so a smaller version of a newer incarnation supersedes everything before it.
 *
 * @param incarnation restarts of the trainer, from 1; 0 for the weights a run begins with
 * @param version optimizer steps the weights have seen, from 0
 */
public record WeightsVersion(long incarnation, long version) implements Comparable<WeightsVersion> {

    /** The weights a run begins with. */
    public static final WeightsVersion BASE = new WeightsVersion(0, 0);

    public WeightsVersion {
        if (incarnation < 0 || version < 0) {
            throw new IllegalArgumentException(
                    "incarnation and version must not be negative: " + incarnation + "/" + version);
        }
    }

    @Override
    public int compareTo(WeightsVersion other) {
        int byIncarnation = Long.compare(incarnation, other.incarnation);
        return byIncarnation != 0 ? byIncarnation : Long.compare(version, other.version);
    }

    /** Whether these weights replace {@code other} at a generator. */
    public boolean supersedes(WeightsVersion other) {
        return compareTo(other) > 0;
    }

    @Override
    public String toString() {
        return incarnation + "/" + version;
    }
}
