package io.tramontane.jobs.data.dataset;

import io.tramontane.jobs.data.dataset.ReadingRules.WrongRows;
import io.tramontane.jobs.data.formats.DatasetFormat;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** The data sets beside the tests, and rules to read them by. */
final class DatasetFixtures {

    private static final int ROOM = 100_000;

    private DatasetFixtures() {}

    static Path file(String name) {
        try {
            return Path.of(DatasetFixtures.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static DatasetContents read(String name) {
        return DatasetReader.read(file(name), rules());
    }

    static ReadingRules rules() {
        return rules(DatasetFormat.AUTOMATIC);
    }

    static ReadingRules rules(DatasetFormat format) {
        return new ReadingRules(format, ReadingRules.PLACEHOLDER, WrongRows.REFUSE, ROOM, ROOM, 20, 4_000);
    }

    static ReadingRules template(String template) {
        return new ReadingRules(DatasetFormat.AUTOMATIC, template, WrongRows.REFUSE, ROOM, ROOM, 20, 0);
    }

    static ReadingRules limits(int problem, int reference, int tests, int extra) {
        return new ReadingRules(
                DatasetFormat.AUTOMATIC, ReadingRules.PLACEHOLDER, WrongRows.REFUSE, problem, reference, tests, extra);
    }
}
