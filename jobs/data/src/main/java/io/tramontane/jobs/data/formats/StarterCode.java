package io.tramontane.jobs.data.formats;

/** The code that a solution must begin with, as part of the problem's text. */
final class StarterCode {

    private StarterCode() {}

    /** The problem with the code in a fenced block below; the problem alone when there is none. */
    static String append(String problem, String code) {
        return code.isBlank() ? problem : problem.stripTrailing() + "\n\n```python\n" + code.stripTrailing() + "\n```";
    }
}
