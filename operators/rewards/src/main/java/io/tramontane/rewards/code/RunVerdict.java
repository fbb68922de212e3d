package io.tramontane.rewards.code;

import io.tramontane.rewards.code.sandbox.RunLimits;
import io.tramontane.rewards.code.sandbox.RunResult;
import io.tramontane.schemas.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Says how a run that did not succeed failed. */
final class RunVerdict {

    /** Numbers that are the same on x86-64 and aarch64. */
    private static final Map<Integer, String> SIGNALS = Map.of(
            4, "SIGILL",
            6, "SIGABRT",
            7, "SIGBUS",
            8, "SIGFPE",
            9, "SIGKILL",
            11, "SIGSEGV",
            13, "SIGPIPE",
            15, "SIGTERM");

    private static final int PROCESSOR_TIME_EXCEEDED = 24;
    private static final int FILE_SIZE_EXCEEDED = 25;
    private static final int FORBIDDEN_CALL = 31;
    private static final int MOST_REASON = 300;

    private RunVerdict() {}

    /** A failure: its verdict and the reason. */
    record Failure(Verdict verdict, String reason) {}

    /** How a program on a test has failed; empty if it ended well within its limits. */
    static Optional<Failure> ofProgram(RunResult result, TestSettings settings) {
        Optional<Failure> time = time(result, settings.limits());
        if (time.isPresent()) {
            return time;
        }
        if (result.memoryBytes() > settings.memoryBytes()) {
            return crashed("used %s of memory, more than %s"
                    .formatted(megabytes(result.memoryBytes()), megabytes(settings.memoryBytes())));
        }
        if (isSignal(result, FILE_SIZE_EXCEEDED) || result.output().length >= settings.outputBytes()) {
            return crashed("wrote more than " + megabytes(settings.outputBytes()));
        }
        if (isSignal(result, FORBIDDEN_CALL)) {
            return crashed("killed for a system call that the sandbox forbids, such as starting a process");
        }
        if (result.ending() == RunResult.Ending.SIGNALLED) {
            return crashed("killed by "
                    + SIGNALS.getOrDefault(result.code(), "signal " + result.code())
                    + complaint(lastLine(result.error())));
        }
        return result.code() == 0
                ? Optional.empty()
                : crashed("exited with code " + result.code() + complaint(lastLine(result.error())));
    }

    /** How a compiler has failed; empty if it has not. A program that does not compile is wrong. */
    static Optional<Failure> ofCompiler(RunResult result, CompileSettings settings) {
        Optional<Failure> time = time(result, settings.limits());
        if (time.isPresent()) {
            return time.map(failure -> new Failure(failure.verdict(), "the compiler " + failure.reason()));
        }
        if (result.ending() == RunResult.Ending.SIGNALLED) {
            return crashed(
                    "the compiler was killed by " + SIGNALS.getOrDefault(result.code(), "signal " + result.code()));
        }
        return result.code() == 0
                ? Optional.empty()
                : Optional.of(
                        new Failure(Verdict.WRONG, "does not compile" + complaint(compilerError(result.error()))));
    }

    private static Optional<Failure> time(RunResult result, RunLimits limits) {
        if (isSignal(result, PROCESSOR_TIME_EXCEEDED)
                || result.processorMicros() >= limits.processorTime().toNanos() / 1_000) {
            return timeOut("used more than " + seconds(limits.processorTime()) + " of CPU time");
        }
        return result.ending() == RunResult.Ending.OUT_OF_TIME
                ? timeOut("was not done after " + seconds(limits.wallTime()))
                : Optional.empty();
    }

    private static Optional<Failure> timeOut(String reason) {
        return Optional.of(new Failure(Verdict.TIMEOUT, reason));
    }

    private static Optional<Failure> crashed(String reason) {
        return Optional.of(new Failure(Verdict.CRASHED, reason));
    }

    private static boolean isSignal(RunResult result, int signal) {
        return result.ending() == RunResult.Ending.SIGNALLED && result.code() == signal;
    }

    private static String complaint(String line) {
        return line.isEmpty() ? "" : ": " + line;
    }

    /** Where a traceback, or a runtime's complaint, ends. */
    static String lastLine(byte[] text) {
        List<String> lines = lines(text);
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    /** The first line that speaks of an error: the others follow from it. */
    private static String compilerError(byte[] text) {
        List<String> lines = lines(text);
        return lines.stream()
                .filter(line -> line.contains("error:") || line.contains("Error:"))
                .findFirst()
                .or(() -> lines.stream().reduce((first, second) -> second))
                .orElse("");
    }

    private static List<String> lines(byte[] text) {
        return new String(text, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(line -> line.length() <= MOST_REASON ? line : line.substring(0, MOST_REASON) + "…")
                .toList();
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
    }
}
