package io.tramontane.jobs.data.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.jobs.data.formats.DatasetFormat;
import io.tramontane.jobs.data.formats.MappedRow;
import io.tramontane.jobs.data.formats.RowFields;
import io.tramontane.jobs.data.formats.RowMapping;
import io.tramontane.jobs.data.rows.FileRow;
import io.tramontane.jobs.data.rows.RowFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the files of a dataset, row by row: in memory are the problems, one row, and of each column of a Parquet file
 * one page. Nothing that is wrong with one row keeps the next ones from being read.
 *
 * <p>Not thread-safe; for one use.
 */
public final class DatasetReader {

    private static final Logger LOG = LoggerFactory.getLogger(DatasetReader.class);

    /** What a folder is searched for. */
    private static final List<String> SUFFIXES = List.of(".jsonl", ".jsonl.gz", ".json", ".json.gz", ".parquet");

    /** How many rows are looked at to tell the format. */
    private static final int SAMPLE = 16;

    /** How many lines of faults are kept; a file of another format has one or more a row. */
    private static final int KEPT_FAULTS = 10_000;

    private final ReadingRules rules;
    private final Map<Path, DatasetFormat> formats = new LinkedHashMap<>();
    private final Map<String, Found> byId = new LinkedHashMap<>();
    private final Map<String, Integer> leftOut = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private int repeated;
    private long faultCount;

    /** A problem and where it stands. */
    private record Found(Problem problem, String place) {}

    private DatasetReader(ReadingRules rules) {
        this.rules = rules;
    }

    /**
     * The problems of a file or folder for a run.
     *
     * @throws DatasetException as {@link #read} and {@link DatasetContents#problemSet} have it
     */
    public static ReadProblems problems(Path path, ReadingRules rules) {
        DatasetContents contents = read(path, rules);
        ProblemSet problems = contents.problemSet(rules.wrongRows());
        List<String> remarks = new ArrayList<>();
        if (!contents.leftOut().isEmpty()) {
            remarks.add(path + ": left out " + contents.describeLeftOut());
        }
        if (contents.repeated() > 0) {
            remarks.add(path + ": " + contents.repeated() + " rows repeat a problem");
        }
        contents.faults().forEach(fault -> remarks.add("left out: " + fault));
        return new ReadProblems(problems, remarks);
    }

    /**
     * All that is in a file, or in the files of a folder in the order of their names.
     *
     * @throws DatasetException if there is no such file, or the format cannot be recognised
     */
    public static DatasetContents read(Path path, ReadingRules rules) {
        DatasetReader reader = new DatasetReader(rules);
        for (Path file : files(path)) {
            LOG.info("Reading problems from {}", file);
            reader.readFile(file);
        }
        return new DatasetContents(
                path,
                reader.formats,
                reader.byId.values().stream().map(Found::problem).toList(),
                reader.leftOut,
                reader.repeated,
                reader.faults,
                reader.faultCount);
    }

    private static List<Path> files(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> entries = Files.list(path)) {
            List<Path> files = entries.filter(Files::isRegularFile)
                    .filter(file -> SUFFIXES.stream().anyMatch(file.toString()::endsWith))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new DatasetException(path + ": no file in this folder ends in " + String.join(", ", SUFFIXES));
            }
            return files;
        } catch (IOException e) {
            throw new DatasetException("cannot read the folder " + path + ": " + reason(e), e);
        }
    }

    private void readFile(Path file) {
        try (RowFile rows = RowFile.open(file)) {
            Queue<FileRow> first = new ArrayDeque<>();
            Optional<FileRow> row = rows.next();
            while (row.isPresent()) {
                first.add(row.get());
                row = first.size() < SAMPLE ? rows.next() : Optional.empty();
            }
            if (first.isEmpty()) {
                throw new DatasetException(file + ": no problems in it");
            }
            DatasetFormat format = format(file, first);
            formats.put(file, format);
            RowMapping mapping = format.mapping(rules.testLimits());
            while (!first.isEmpty()) {
                take(file, first.remove(), mapping);
            }
            for (row = rows.next(); row.isPresent(); row = rows.next()) {
                take(file, row.get(), mapping);
            }
        } catch (NoSuchFileException e) {
            throw new DatasetException("no dataset at " + file, e);
        } catch (IOException e) {
            throw new DatasetException("cannot read the dataset " + file + ": " + reason(e), e);
        }
    }

    private DatasetFormat format(Path file, Queue<FileRow> first) {
        if (rules.format() != DatasetFormat.AUTOMATIC) {
            return rules.format();
        }
        List<ObjectNode> rows = first.stream()
                .filter(FileRow.Readable.class::isInstance)
                .map(row -> ((FileRow.Readable) row).fields())
                .toList();
        if (rows.isEmpty() && first.peek() instanceof FileRow.Broken broken) {
            throw new DatasetException(file + ", " + broken.place() + ": " + broken.reason());
        }
        return DatasetFormat.of(rows).orElseThrow(() -> {
            List<String> fields = new ArrayList<>();
            rows.get(0).fieldNames().forEachRemaining(fields::add);
            return new DatasetException(file + ": no known format has the fields " + String.join(", ", fields)
                    + "; there are "
                    + String.join(
                            ", ",
                            Arrays.stream(DatasetFormat.values())
                                    .skip(1)
                                    .map(DatasetFormat::key)
                                    .toList()));
        });
    }

    private void take(Path file, FileRow row, RowMapping mapping) {
        String place = file + ", " + row.place();
        if (row instanceof FileRow.Broken broken) {
            fault(place, broken.reason());
        } else if (row instanceof FileRow.Readable readable) {
            RowFields fields = new RowFields(readable.fields());
            MappedRow mapped = mapping.map(fields);
            if (!fields.faults().isEmpty()) {
                fields.faults().forEach(fault -> fault(place, fault));
            } else if (mapped instanceof MappedRow.LeftOut left) {
                leftOut.merge(left.reason(), 1, Integer::sum);
            } else if (mapped instanceof MappedRow.Draft draft) {
                add(draft, fields, draft.id().orElse(stem(file) + "-" + row.number()), place);
            }
        }
    }

    private void add(MappedRow.Draft draft, RowFields fields, String id, String place) {
        if (draft.text().length() > rules.maximumProblemCharacters()) {
            leftOut.merge("longer than dataset.maximum-problem-characters", 1, Integer::sum);
            return;
        }
        if (draft.reference().length() > rules.maximumReferenceCharacters()) {
            leftOut.merge("an answer longer than dataset.maximum-reference-characters", 1, Integer::sum);
            return;
        }
        Problem problem = new Problem(
                id,
                draft.language(),
                rules.prompt(draft.text()),
                draft.reference(),
                draft.verifier(),
                fields.rest(rules.maximumExtraCharacters()));
        Found before = byId.putIfAbsent(id, new Found(problem, place));
        if (before != null && isSame(before.problem(), problem)) {
            repeated++;
        } else if (before != null) {
            fault(place, "the id '" + id + "' is already taken by another problem, " + before.place());
        }
    }

    private static boolean isSame(Problem one, Problem other) {
        return one.text().equals(other.text()) && one.reference().equals(other.reference());
    }

    private void fault(String place, String what) {
        faultCount++;
        if (faults.size() < KEPT_FAULTS) {
            faults.add(place + ": " + what);
        }
    }

    /** The name of a file up to its first dot, so that ids do not change with the kind of file. */
    private static String stem(Path file) {
        String name = file.getFileName().toString();
        int dot = name.indexOf('.', 1);
        return dot < 0 ? name : name.substring(0, dot);
    }

    private static String reason(IOException exception) {
        String reason = exception instanceof FileSystemException file ? file.getReason() : exception.getMessage();
        return reason == null ? "access denied" : reason;
    }
}
