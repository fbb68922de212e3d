package io.tramontane.rewards.math.real;

/** An expression has no finite value here, or none that this kernel can compute. Nothing undefined is ever accepted. */
public final class UndefinedValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why there is no value. */
    public enum Cause {
        /** Mathematically undefined at this point: a pole, a logarithm of 0, a real root of a negative number. */
        SINGULAR,
        /** The enclosure is too wide to decide; more precision may help. */
        IMPRECISE,
        /** Not in the repertoire of this evaluator. */
        UNSUPPORTED,
        /** Too large to be represented. */
        TOO_LARGE
    }

    private final Cause cause;

    public UndefinedValueException(Cause cause, String reason) {
        super(reason, null, false, false);
        this.cause = cause;
    }

    /** @param what is not in the repertoire */
    public static UndefinedValueException unsupported(String what) {
        return new UndefinedValueException(Cause.UNSUPPORTED, what + " has no value here");
    }

    public Cause why() {
        return cause;
    }
}
