package io.tramontane.rewards.math.pairs;

/** What people put around and between the parts of an answer without meaning anything by it. */
final class Wrapping {

    private Wrapping() {}

    static String around(Draw draw, String latex) {
        return switch (draw.between(0, 13)) {
            case 0, 1, 2, 3 -> latex;
            case 4, 5 -> "$" + latex + "$";
            case 6 -> "\\boxed{" + latex + "}";
            case 7 -> "$\\boxed{" + latex + "}$";
            case 8 -> "\\(" + latex + "\\)";
            case 9 -> "\\[" + latex + "\\]";
            case 10 -> "$" + latex + "$.";
            case 11 -> " " + latex + " ";
            case 12 -> "$\\displaystyle " + latex + "$";
            default -> "$$" + latex + "$$";
        };
    }
}
