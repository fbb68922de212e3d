package io.tramontane.jobs.data.dataset;

import io.tramontane.jobs.data.formats.DatasetFormat;
import io.tramontane.jobs.data.formats.TestLimits;
import java.io.Serializable;

/**
 * How files become problems; the meaning of each value stands at {@link DatasetSettings}.
 *
 * @param promptTemplate with {@code {problem}} in it
 */
public record ReadingRules(
        DatasetFormat format,
        String promptTemplate,
        WrongRows wrongRows,
        int maximumProblemCharacters,
        int maximumReferenceCharacters,
        int maximumTests,
        int maximumExtraCharacters)
        implements Serializable {

    /** Stands in a template where the problem goes. */
    public static final String PLACEHOLDER = "{problem}";

    /** What to do about rows that are not as their format has them. */
    public enum WrongRows {
        /** The file is not used. */
        REFUSE,
        /** The other rows are used. */
        LEAVE_OUT
    }

    TestLimits testLimits() {
        return new TestLimits(maximumTests, maximumReferenceCharacters);
    }

    /** The same without a prompt template: problems are as their files have them. */
    public ReadingRules withoutTemplate() {
        return new ReadingRules(
                format,
                PLACEHOLDER,
                wrongRows,
                maximumProblemCharacters,
                maximumReferenceCharacters,
                maximumTests,
                maximumExtraCharacters);
    }

    /** A problem that was read without the template as the policy reads it. */
    public Problem prompted(Problem plain) {
        return new Problem(
                plain.id(), plain.language(), prompt(plain.text()), plain.reference(), plain.verifier(), plain.extra());
    }

    /** The problem as the policy reads it. */
    String prompt(String problem) {
        return promptTemplate.replace(PLACEHOLDER, problem);
    }
}
