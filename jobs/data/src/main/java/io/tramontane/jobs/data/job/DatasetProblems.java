package io.tramontane.jobs.data.job;

import io.tramontane.jobs.data.curriculum.PassRates;
import io.tramontane.jobs.data.dataset.DatasetException;
import io.tramontane.jobs.data.dataset.DatasetReader;
import io.tramontane.jobs.data.dataset.DatasetSettings;
import io.tramontane.jobs.data.dataset.Problem;
import io.tramontane.jobs.data.dataset.ProblemSet;
import io.tramontane.jobs.data.dataset.ReadProblems;
import io.tramontane.jobs.data.dataset.ReadingRules;
import io.tramontane.jobs.data.wordproblems.WordProblems;
import io.tramontane.pipeline.curriculum.Curriculum;
import io.tramontane.pipeline.curriculum.Stage;
import io.tramontane.pipeline.scheduling.ProblemSource;
import io.tramontane.pipeline.scheduling.SourceProblem;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The training problems that the settings name. Only the settings and the seed travel with the job; the problems are
 * made or read where the scheduler runs.
 *
 * <p>Not thread-safe.
 */
public final class DatasetProblems implements ProblemSource {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(DatasetProblems.class);

    private final DatasetSettings.Source source;
    private final int count;
    private final String path;
    private final ReadingRules reading;
    private final long seed;
    private final String passRates;
    private transient ProblemSet problems;
    private transient PassRates rates;

    /** Problems of unknown pass rates. */
    public DatasetProblems(DatasetSettings settings, long seed) {
        this(settings, seed, Path.of(""));
    }

    /** @param passRates the file of {@link PassRates}; empty for none */
    public DatasetProblems(DatasetSettings settings, long seed, Path passRates) {
        this.passRates = passRates.toString();
        this.source = settings.source();
        this.count = settings.problems();
        this.path = settings.path().toString();
        this.reading = settings.reading();
        this.seed = seed;
    }

    /**
     * The problems themselves.
     *
     * @throws DatasetException when the file is missing or malformed
     */
    public ProblemSet problems() {
        if (problems == null) {
            problems = OpenProblems.get(name(), this::read);
        }
        return problems;
    }

    /**
     * Opens them for this process, where others that have the same settings find them.
     *
     * @throws DatasetException when the file is missing or malformed
     */
    public OpenProblems.Lease open() {
        return OpenProblems.open(name(), this::read);
    }

    private OpenProblems.Name name() {
        return new OpenProblems.Name("training problems", source + " " + path, reading, count, seed);
    }

    private ReadProblems read() {
        return read(source, () -> new WordProblems(seed).training(count), Path.of(path), reading);
    }

    /** @param builtIn makes the problems of the built-in task */
    private static ReadProblems read(
            DatasetSettings.Source source, Supplier<ProblemSet> builtIn, Path file, ReadingRules reading) {
        return switch (source) {
            case WORD_PROBLEMS -> ReadProblems.made(builtIn.get());
            case FILE, JSONL -> DatasetReader.problems(file, reading);
        };
    }

    /**
     * The training problems as their files have them, without the prompt template.
     *
     * @throws DatasetException when the file is missing or malformed
     */
    public static ProblemSet plain(DatasetSettings settings, long seed) {
        ReadProblems read = read(
                settings.source(),
                () -> new WordProblems(seed).training(settings.problems()),
                settings.path(),
                settings.reading().withoutTemplate());
        read.log(LOG);
        return read.problems();
    }

    /** Plain training problems as the policy reads them: the built-in ones have no template. */
    public static ProblemSet prompted(DatasetSettings settings, ProblemSet plain) {
        return switch (settings.source()) {
            case WORD_PROBLEMS -> plain;
            case FILE, JSONL ->
                new ProblemSet(plain.problems().stream()
                        .map(settings.reading()::prompted)
                        .toList());
        };
    }

    /**
     * The problems a policy is measured on, none of which is trained on.
     *
     * @param count how many of the built-in task; a file is taken whole
     */
    public static ProblemSet heldOut(DatasetSettings settings, long seed, int count) {
        return OpenProblems.get(heldOutName(settings, seed, count), () -> readHeldOut(settings, seed, count));
    }

    /** Opens {@link #heldOut} for this process, where others that have the same settings find them. */
    public static OpenProblems.Lease openHeldOut(DatasetSettings settings, long seed, int count) {
        return OpenProblems.open(heldOutName(settings, seed, count), () -> readHeldOut(settings, seed, count));
    }

    private static OpenProblems.Name heldOutName(DatasetSettings settings, long seed, int count) {
        return new OpenProblems.Name(
                "held-out problems", settings.source() + " " + settings.heldOutPath(), settings.reading(), count, seed);
    }

    private static ReadProblems readHeldOut(DatasetSettings settings, long seed, int count) {
        return read(
                settings.source(),
                () -> new WordProblems(seed).heldOut(count),
                settings.heldOutPath(),
                settings.reading());
    }

    @Override
    public double passRate(int index) {
        if (rates == null) {
            rates = passRates.isEmpty() ? PassRates.none() : PassRates.read(Path.of(passRates));
        }
        return rates.of(problems().problems().get(index).id());
    }

    /**
     * Makes sure that every stage has a problem to pose.
     *
     * @throws DatasetException when one has none, or the pass rates cannot be read
     */
    public void requireProblemsFor(Curriculum curriculum) {
        for (int number = 1; number <= curriculum.size(); number++) {
            Stage stage = curriculum.stage(number);
            if (!stage.allProblems() && IntStream.range(0, size()).noneMatch(index -> stage.poses(passRate(index)))) {
                throw new DatasetException("no problem of the dataset has a pass rate between "
                        + stage.minimumPassRate() + " and " + stage.maximumPassRate() + " in " + passRates
                        + ", as curriculum.stages[" + (number - 1) + "] wants");
            }
        }
    }

    @Override
    public int size() {
        return problems().size();
    }

    @Override
    public SourceProblem get(int index) {
        Problem problem = problems().problems().get(index);
        return new SourceProblem(
                problem.id(), problem.text(), problem.reference(), problem.verifier(), problem.language());
    }
}
