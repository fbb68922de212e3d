package io.tramontane.jobs.evaluation.curation;

import io.tramontane.jobs.data.dataset.DatasetException;
import io.tramontane.jobs.data.dataset.Problem;
import io.tramontane.jobs.data.dataset.ProblemSet;
import io.tramontane.jobs.data.rows.FileRow;
import io.tramontane.jobs.data.rows.RowFile;
import io.tramontane.kafka.KafkaSettings;
import io.tramontane.kafka.records.TopicReader;
import io.tramontane.kafka.topics.Topic;
import io.tramontane.rewards.answer.AnswerExtractor;
import io.tramontane.rewards.code.CodeBlock;
import io.tramontane.rewards.code.CodeLanguage;
import io.tramontane.rewards.code.Submission;
import io.tramontane.rewards.composition.RewardSettings;
import io.tramontane.rewards.format.CompletionParser;
import io.tramontane.schemas.Completion;
import io.tramontane.schemas.Group;
import io.tramontane.schemas.ScoredCompletion;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Programs that somebody, or a policy, wrote as solutions of problems: of each problem the first ones, each source
 * once. Not thread-safe.
 */
public final class Solutions {

    private final Map<String, Problem> problems;
    private final int most;
    private final CompletionParser parser;
    private final Map<String, Set<Submission>> programs = new HashMap<>();

    /** @param most programs that are kept of a problem */
    private Solutions(ProblemSet problems, RewardSettings rewards, int most) {
        this.problems = problems.problems().stream().collect(Collectors.toMap(Problem::id, Function.identity()));
        this.most = most;
        parser = new CompletionParser(rewards.format().thinkPart(), new AnswerExtractor(rewards.answer()));
    }

    /**
     * Those in a file of objects with {@code problem}, the id of a problem, and either {@code language} and
     * {@code source} or a {@code completion} with the program in a fenced block.
     *
     * @throws DatasetException when a row is otherwise, or names a problem that is not there
     * @throws IOException when the file cannot be read
     */
    public static Solutions in(Path file, ProblemSet problems, RewardSettings rewards, int most) throws IOException {
        Solutions solutions = new Solutions(problems, rewards, most);
        try (RowFile rows = RowFile.open(file)) {
            for (Optional<FileRow> row = rows.next(); row.isPresent(); row = rows.next()) {
                solutions.add(file + ", " + row.get().place() + ": ", row.get());
            }
        } catch (NoSuchFileException e) {
            throw new DatasetException("there is no file " + file + " of submissions", e);
        }
        return solutions;
    }

    private void add(String where, FileRow row) {
        if (row instanceof FileRow.Broken broken) {
            throw new DatasetException(where + broken.reason());
        }
        var fields = ((FileRow.Readable) row).fields();
        String problem = fields.path("problem").asText();
        if (!problems.containsKey(problem)) {
            throw new DatasetException(where
                    + (problem.isEmpty()
                            ? "'problem' must be the id of a problem"
                            : "'problem': " + problem + " is not in the dataset"));
        }
        if (fields.path("source").isTextual()) {
            String label = fields.path("language").asText();
            CodeLanguage language = CodeLanguage.labelled(label)
                    .orElseThrow(() -> new DatasetException(where + "'language': '" + label + "' is not graded"));
            add(problem, new Submission(language, fields.get("source").textValue()));
        } else if (fields.path("completion").isTextual()) {
            program(fields.get("completion").textValue()).ifPresent(program -> add(problem, program));
        } else {
            throw new DatasetException(where + "'source' or 'completion' must be given");
        }
    }

    /**
     * Those in the completions that a run has recorded, right ones and wrong ones, in the order of its groups.
     *
     * @param problems as the policy read them
     * @throws DatasetException when the run has asked a problem otherwise than it stands here
     */
    public static Solutions recorded(
            KafkaSettings kafka, String runId, ProblemSet problems, RewardSettings rewards, int most) {
        Solutions solutions = new Solutions(problems, rewards, most);
        // Groups come in no fixed order from several partitions.
        Map<String, List<String>> texts = new TreeMap<>();
        Map<String, String> problemOf = new HashMap<>();
        TopicReader.forEach(kafka, Topic.GROUPS, runId, Group.class, record -> {
            Group group = record.value();
            if (solutions.problems.containsKey(group.getProblemId())) {
                List<Completion> completions = group.getCompletions().stream()
                        .map(ScoredCompletion::getCompletion)
                        .toList();
                completions.forEach(completion -> solutions.requireSame(completion, runId));
                texts.put(
                        group.getGroupId(),
                        completions.stream().map(Completion::getText).toList());
                problemOf.put(group.getGroupId(), group.getProblemId());
            }
        });
        texts.forEach((group, written) -> written.forEach(
                text -> solutions.program(text).ifPresent(program -> solutions.add(problemOf.get(group), program))));
        return solutions;
    }

    private void requireSame(Completion completion, String runId) {
        if (!completion
                .getProblem()
                .equals(problems.get(completion.getProblemId()).text())) {
            throw new DatasetException("problem " + completion.getProblemId() + " has another text in run " + runId
                    + " than in the dataset, so that the run's programs do not solve it");
        }
    }

    private Optional<Submission> program(String completion) {
        return CodeBlock.first(parser.parse(completion).answerPart())
                .flatMap(block ->
                        CodeLanguage.labelled(block.label()).map(language -> new Submission(language, block.source())));
    }

    private void add(String problem, Submission program) {
        Set<Submission> known = programs.computeIfAbsent(problem, id -> new LinkedHashSet<>());
        if (known.size() < most) {
            known.add(program);
        }
    }

    /** The programs for a problem, in their order. */
    public List<Submission> of(String problemId) {
        return List.copyOf(programs.getOrDefault(problemId, Set.of()));
    }
}
