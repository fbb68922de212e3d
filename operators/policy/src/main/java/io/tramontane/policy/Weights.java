package io.tramontane.policy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The weights of a policy (or a moment of its optimizer) on the host: one flat float32 array that holds the tensors one
 * after the other, row-major, in the order of {@link PolicyConfig#tensors()}.
 *
 * <p>Immutable by contract: a caller that hands an array in gives it up, and {@link #values()} is read only. So
 * snapshots, publication and swaps share one array without copies, from any thread.
 */
public final class Weights {

    private static final double INITIALIZER_RANGE = 0.02;

    private final List<TensorSpec> specs;
    private final float[] values;

    /** @throws IllegalArgumentException when the array does not hold exactly the tensors */
    public Weights(List<TensorSpec> specs, float[] values) {
        long size = specs.stream().mapToLong(TensorSpec::size).sum();
        if (size != values.length) {
            throw new IllegalArgumentException("the tensors have " + size + " values, not " + values.length);
        }
        this.specs = List.copyOf(specs);
        this.values = values;
    }

    /**
     * Normal with standard deviation 0.02 (Hugging Face's {@code initializer_range}); the projections that write to the
     * residual stream are scaled down by √(2·layers), norms are 1, biases 0.
     */
    public static Weights initialise(PolicyConfig config, long seed) {
        List<TensorSpec> specs = config.tensors();
        float[] values = new float
                [Math.toIntExact(specs.stream().mapToLong(TensorSpec::size).sum())];
        SplittableRandom random = new SplittableRandom(seed);
        int at = 0;
        for (TensorSpec spec : specs) {
            boolean residual =
                    spec.name().endsWith("o_proj.weight") || spec.name().endsWith("down_proj.weight");
            double range = residual ? INITIALIZER_RANGE / Math.sqrt(2.0 * config.layers()) : INITIALIZER_RANGE;
            for (long i = 0; i < spec.size(); i++) {
                if (spec.shape().size() > 1) {
                    values[at++] = (float) (range * random.nextGaussian());
                } else {
                    values[at++] = spec.name().endsWith(".bias") ? 0 : 1;
                }
            }
        }
        return new Weights(specs, values);
    }

    /** All zero: the moments an optimizer begins with. */
    public static Weights zeros(List<TensorSpec> specs) {
        return new Weights(
                specs,
                new float
                        [Math.toIntExact(
                                specs.stream().mapToLong(TensorSpec::size).sum())]);
    }

    /** Reads float32 little-endian values from the buffer's position to its limit; the buffer is left as it was. */
    public static Weights fromBytes(List<TensorSpec> specs, ByteBuffer data) {
        float[] values = new float[data.remaining() / Float.BYTES];
        data.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return new Weights(specs, values);
    }

    public List<TensorSpec> specs() {
        return specs;
    }

    /** The array itself: read only. */
    public float[] values() {
        return values;
    }

    /** The values as float32 little-endian. */
    public ByteBuffer toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes;
    }

    /** SHA-256 (hex) of {@link #toBytes()}: equal exactly when the weights are equal bit for bit. */
    public String sha256() {
        return sha256(toBytes());
    }

    /** CRC-32C of each tensor's bytes, by tensor name in their order. */
    public Map<String, Long> checksums() {
        return serialize().checksums();
    }

    /** The bytes with hash and checksums, for callers that need more than one of them. */
    public SerializedWeights serialize() {
        return new SerializedWeights(this);
    }

    /** SHA-256 (hex) of the bytes between position and limit. */
    public static String sha256(ByteBuffer bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes.duplicate());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
