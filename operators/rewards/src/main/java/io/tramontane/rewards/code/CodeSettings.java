package io.tramontane.rewards.code;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.tramontane.rewards.code.sandbox.Isolation;
import io.tramontane.rewards.code.sandbox.SandboxSettings;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.io.Serializable;
import java.util.List;

/** Settings of the code verifier; see Magistral §2.2.2 for the values the defaults follow. */
public record CodeSettings(
        @JsonPropertyDescription(
                "How programs are isolated: the first that works of bubblewrap and landlock (automatic), one of them,"
                        + " or not at all (unsafe), which is for trusted programs only.")
        @NotNull
        Isolation isolation,

        @JsonPropertyDescription("Languages that programs are graded in.") @NotEmpty
        List<@NotNull CodeLanguage> languages,

        @JsonPropertyDescription(
                "Most tests of a problem that a program meets; they are drawn by the group's id, the same for all of"
                        + " its completions.")
        @NotNull
        @Positive
        Integer testsPerCompletion,

        @JsonPropertyDescription("Whether the tests after the first failed one are left out.") @NotNull
        Boolean stopAtFirstFailure,

        @JsonPropertyDescription(
                "How far a number in the output may lie from the expected one, absolutely or relative to it; 0 compares"
                        + " text. A problem's own tolerance goes first.")
        @NotNull
        @PositiveOrZero
        Double tolerance,

        @JsonPropertyDescription("How C++ is compiled.") @NotNull @Valid
        CppSettings cpp,

        @JsonPropertyDescription("How Python is run.") @NotNull @Valid
        PythonSettings python,

        @JsonPropertyDescription("Limits of the compiler.") @NotNull @Valid
        CompileSettings compile,

        @JsonPropertyDescription("Limits of a program on one test; a problem's own limits go first.") @NotNull @Valid
        TestSettings test,

        @JsonPropertyDescription("The sandbox that programs are compiled and run in.") @NotNull @Valid
        SandboxSettings sandbox)
        implements Serializable {}
