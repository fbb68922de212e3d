package io.tramontane.jobs.data.dataset;

import io.tramontane.jobs.data.formats.DatasetFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All that was found in the files of a dataset.
 *
 * @param path of the file or folder
 * @param formats the format of each file, in the order in which they were read
 * @param problems those that can be used, in the order of the files
 * @param leftOut how many rows are as they should be but cannot be used, by reason
 * @param repeated how many rows repeat a problem, its id, text and answer
 * @param faults what is wrong, a line each with file, place and field; of a great many only the first
 * @param faultCount how many there are
 */
public record DatasetContents(
        Path path,
        Map<Path, DatasetFormat> formats,
        List<Problem> problems,
        Map<String, Integer> leftOut,
        int repeated,
        List<String> faults,
        long faultCount) {

    /** How many lines of faults an exception shows. */
    private static final int SHOWN_FAULTS = 20;

    /**
     * The problems for a run.
     *
     * @throws DatasetException if there are none, or if something is wrong and the rules do not allow for it
     */
    public ProblemSet problemSet(ReadingRules.WrongRows wrongRows) {
        if (faultCount > 0 && (wrongRows == ReadingRules.WrongRows.REFUSE || problems.isEmpty())) {
            List<String> lines = new ArrayList<>(faults.subList(0, Math.min(SHOWN_FAULTS, faults.size())));
            if (faultCount > lines.size()) {
                lines.add(String.format(
                        "and %,d more; 'tramontane dataset %s' shows all, dataset.wrong-rows: leave-out goes on without"
                                + " them",
                        faultCount - lines.size(), path));
            }
            throw new DatasetException(lines);
        }
        if (problems.isEmpty()) {
            throw new DatasetException(path + ": no problems in it"
                    + (leftOut.isEmpty() ? "" : " that can be used; left out: " + describeLeftOut()));
        }
        return new ProblemSet(problems);
    }

    /** {@code 12 (a proof), 3 (code without tests)}; empty when nothing was left out. */
    public String describeLeftOut() {
        List<String> parts = new ArrayList<>();
        leftOut.forEach((reason, count) -> parts.add(String.format("%,d (%s)", count, reason)));
        return String.join(", ", parts);
    }
}
