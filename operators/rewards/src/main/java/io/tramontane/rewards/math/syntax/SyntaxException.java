package io.tramontane.rewards.math.syntax;

/** A text is not an expression this parser knows. */
public final class SyntaxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SyntaxException(String reason) {
        super(reason, null, false, false);
    }
}
