package io.tramontane.jobs.cli;

import io.tramontane.jobs.kernel.config.ConfigException;
import io.tramontane.schemas.failure.UserFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ExitCode;

/**
 * A failed command as its user sees it: a line that says what happened, or a few when several settings are wrong.
 *
 * @param lines for the terminal
 * @param exitCode of the process
 * @param cause for the log, and for the terminal when asked
 */
public record Failure(List<String> lines, int exitCode, Throwable cause) {

    private static final Logger LOG = LoggerFactory.getLogger(Failure.class);

    static Failure of(Throwable exception) {
        Throwable cause = unwrapped(exception);
        if (isForTheUser(cause)) {
            int exitCode = cause instanceof ConfigException ? ExitCode.USAGE : ExitCode.SOFTWARE;
            return new Failure(lines(cause.getMessage()), exitCode, cause);
        }
        return new Failure(List.of(line(cause)), ExitCode.SOFTWARE, cause);
    }

    void print(PrintWriter out, boolean verbose) {
        LOG.error("The command failed", cause);
        lines.forEach(line -> out.println("tramontane: " + line));
        if (verbose) {
            cause.printStackTrace(out);
        }
        out.flush();
    }

    private static Throwable unwrapped(Throwable exception) {
        Throwable cause = exception;
        while (cause.getCause() != null && cause instanceof UncheckedIOException) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String line(Throwable cause) {
        if (cause instanceof FileSystemException file) {
            return file.getFile() + ": " + reason(file);
        }
        if (cause instanceof IOException && cause.getMessage() != null) {
            return oneLine(cause.getMessage());
        }
        String message = cause.getMessage() == null ? "" : ": " + oneLine(cause.getMessage());
        return "unexpected " + cause.getClass().getSimpleName() + message + " (--verbose shows where)";
    }

    /** Whether the message is written to be read by the user. */
    private static boolean isForTheUser(Throwable cause) {
        return cause instanceof UserFailure && cause.getMessage() != null;
    }

    /** Why a file could not be used, in a few words without its name. */
    public static String reason(IOException exception) {
        if (exception instanceof NoSuchFileException) {
            return "there is no such file or folder";
        }
        if (exception instanceof AccessDeniedException) {
            return "access denied";
        }
        if (exception instanceof FileAlreadyExistsException) {
            return "exists already";
        }
        String reason = exception instanceof FileSystemException file ? file.getReason() : exception.getMessage();
        return reason == null ? "cannot be used" : reason.toLowerCase(Locale.ROOT);
    }

    private static String oneLine(String message) {
        return lines(message).stream().findFirst().orElse("");
    }

    private static List<String> lines(String message) {
        return message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
