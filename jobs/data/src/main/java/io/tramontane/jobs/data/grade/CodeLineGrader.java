package io.tramontane.jobs.data.grade;

import io.tramontane.rewards.answer.AnswerExtractor;
import io.tramontane.rewards.code.CodeBlock;
import io.tramontane.rewards.code.CodeLanguage;
import io.tramontane.rewards.code.CodeVerdict;
import io.tramontane.rewards.code.CodeVerifier;
import io.tramontane.rewards.code.Submission;
import io.tramontane.rewards.code.TestSuite;
import io.tramontane.rewards.code.TestSuiteException;
import io.tramontane.rewards.composition.RewardSettings;
import io.tramontane.rewards.format.CompletionParser;
import io.tramontane.schemas.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Runs {@code source}, or the program in {@code completion}, against {@code tests}. Thread-safe.
 *
 * <p>What is wrong with a single submission, its tests among it, is a verdict and does not end the file.
 */
public final class CodeLineGrader implements LineGrader {

    private final CodeVerifier verifier;
    private final CompletionParser parser;
    private final int testsPerCompletion;

    public CodeLineGrader(RewardSettings settings, CodeVerifier verifier) {
        this.verifier = verifier;
        parser = new CompletionParser(settings.format().thinkPart(), new AnswerExtractor(settings.answer()));
        testsPerCompletion = settings.code().testsPerCompletion();
    }

    @Override
    public GradedLine grade(InputLine line) {
        String id = line.id().asText();
        CodeBlock block = null;
        if (line.fields().has("source")) {
            block = new CodeBlock(line.text("language"), line.text("source"));
        } else if (line.fields().has("completion")) {
            block = CodeBlock.first(parser.parse(line.text("completion")).answerPart())
                    .orElse(null);
        } else {
            throw line.wrong("source", "or 'completion' must be given");
        }
        String group = line.fields().has("group") ? line.text("group") : id;
        long start = System.nanoTime();
        CodeVerdict verdict = verdict(line, Optional.ofNullable(block), group);
        return GradedCode.of(line.id(), verdict, System.nanoTime() - start);
    }

    private CodeVerdict verdict(InputLine line, Optional<CodeBlock> block, String group) {
        if (block.isEmpty()) {
            return ungraded(Verdict.WRONG, "no fenced block that names its language");
        }
        Optional<CodeLanguage> language = CodeLanguage.labelled(block.get().label());
        if (language.isEmpty()) {
            return ungraded(Verdict.UNGRADABLE, "programs in '" + block.get().label() + "' are not graded");
        }
        try {
            TestSuite suite = TestSuite.of(line.fields()).draw(group, testsPerCompletion);
            return verifier.verify(new Submission(language.get(), block.get().source()), suite);
        } catch (TestSuiteException e) {
            return ungraded(Verdict.UNGRADABLE, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while a program was graded");
        }
    }

    private static CodeVerdict ungraded(Verdict verdict, String reason) {
        return new CodeVerdict(verdict, reason, List.of());
    }
}
