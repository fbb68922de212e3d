package io.tramontane.rewards.correctness;

import io.tramontane.rewards.Grade;
import java.util.Optional;

/**
 * Exact equality of numbers: no rounding, no tolerance. {@code 0.5}, {@code 1/2} and {@code \frac{2}{4}} are equal,
 * 0.33 and 1/3 are not.
 *
 * <p>Units are compared only where both sides name one ({@code 5 km} against {@code 5 m}). A reference that is not a
 * number is matched as text; if the texts differ the answer is ungradable, not wrong.
 */
public final class NumericEquality implements AnswerEquality {

    private static final int SHOWN = 60;

    @Override
    public Grade compare(String reference, String answer) {
        if (answer.isBlank()) {
            return Grade.wrong("the answer is empty");
        }
        Optional<Quantity> expected = Quantity.read(reference);
        if (expected.isEmpty()) {
            return squeeze(reference).equals(squeeze(answer))
                    ? Grade.correct("the same text as the reference")
                    : Grade.ungradable("the reference is not a number and its text differs: " + shorten(reference));
        }
        Optional<Quantity> given = Quantity.read(answer);
        if (given.isEmpty()) {
            return Grade.ungradable("not a plain number: " + shorten(answer));
        }
        if (expected.get().value().compareTo(given.get().value()) != 0) {
            return Grade.wrong(shorten(answer) + " is not " + shorten(reference));
        }
        if (!expected.get().unitAgrees(given.get())) {
            return Grade.wrong("the unit " + shorten(given.get().unit()) + " is not "
                    + shorten(expected.get().unit()));
        }
        return Grade.correct(shorten(answer) + " equals " + shorten(reference));
    }

    private static String squeeze(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private static String shorten(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
