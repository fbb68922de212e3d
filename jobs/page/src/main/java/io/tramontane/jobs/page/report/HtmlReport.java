package io.tramontane.jobs.page.report;

import io.tramontane.jobs.kernel.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The page about a run, which is the run page frozen: base against trained policy, the curves, some completions, the
 * configuration. One file that loads nothing from anywhere.
 */
public final class HtmlReport {

    private HtmlReport() {}

    /**
     * Writes {@code report.html} into a run's folder, from the files that are in it; those of an unfinished run give a
     * page without results.
     *
     * @return the page's path
     * @throws IOException when the folder is not a run's, or cannot be written
     */
    public static Path write(Path runDirectory) throws IOException {
        String page = FrozenPage.of(RunFiles.read(runDirectory));
        Path report = runDirectory.resolve("report.html");
        AtomicFile.write(report, page);
        return report;
    }
}
