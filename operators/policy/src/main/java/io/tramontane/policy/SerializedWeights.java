package io.tramontane.policy;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Weights as bytes, with what identifies them. Made once, for everyone who needs any of it.
 *
 * <p>Immutable; usable by any thread.
 */
public final class SerializedWeights {

    private final List<TensorSpec> specs;
    private final ByteBuffer bytes;
    private final String sha256;
    private final Map<String, Long> checksums;

    SerializedWeights(Weights weights) {
        this.specs = weights.specs();
        this.bytes = weights.toBytes();
        this.sha256 = Weights.sha256(bytes);
        this.checksums = checksums(specs, bytes);
    }

    public List<TensorSpec> specs() {
        return specs;
    }

    /** The values as float32 little-endian: a view with its own position on shared bytes, read only. */
    public ByteBuffer bytes() {
        return bytes.duplicate().order(bytes.order());
    }

    /** SHA-256 (hex) of the bytes. */
    public String sha256() {
        return sha256;
    }

    /** CRC-32C of each tensor's bytes, by tensor name in their order. */
    public Map<String, Long> checksums() {
        return checksums;
    }

    private static Map<String, Long> checksums(List<TensorSpec> specs, ByteBuffer bytes) {
        Map<String, Long> checksums = new LinkedHashMap<>();
        int at = 0;
        for (TensorSpec spec : specs) {
            int length = Math.toIntExact(Math.multiplyExact(spec.size(), Float.BYTES));
            CRC32C checksum = new CRC32C();
            checksum.update(bytes.slice(at, length));
            checksums.put(spec.name(), checksum.getValue());
            at += length;
        }
        return checksums;
    }
}
