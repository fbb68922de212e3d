package io.tramontane.jobs.replay.fork;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A step of a run as a user names it, {@code RUN@STEP}.
 *
 * @param run id of the run, or its folder
 * @param step the step after which the fork begins, from 1
 */
public record ForkedStep(String run, long step) {

    private static final Pattern FORM = Pattern.compile("(.+)@([1-9][0-9]{0,17})");

    /** @throws ForkException when it is none */
    public static ForkedStep parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new ForkException("--fork takes a run and the number of one of its steps, RUN@STEP (runs/mine@12 for"
                    + " example), not '" + text + "'");
        }
        return new ForkedStep(matcher.group(1), Long.parseLong(matcher.group(2)));
    }
}
