package io.tramontane.policy;

import java.util.Arrays;
import java.util.List;

/** Name and shape of one tensor of a policy. */
public record TensorSpec(String name, List<Long> shape) {

    public TensorSpec {
        shape = List.copyOf(shape);
    }

    static TensorSpec of(String name, long... shape) {
        return new TensorSpec(name, Arrays.stream(shape).boxed().toList());
    }

    /** Number of elements. */
    public long size() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}
