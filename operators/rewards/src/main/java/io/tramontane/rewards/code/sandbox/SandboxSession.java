package io.tramontane.rewards.code.sandbox;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One instance of the sandbox: a folder (the box) and a runner that runs one program after another.
 *
 * <p>Used by the thread that opened it. {@link #kill()} alone may be called by another; whatever the session is doing
 * then ends in a {@link SandboxException}.
 */
public final class SandboxSession implements AutoCloseable {

    private static final byte[] GREETING = {'T', 'R', 'M', 'T', 1};
    private static final int OWNER_EXECUTABLE = 0755;
    private static final int MOST_COMPLAINTS = 4_096;
    private static final long PATIENCE_SECONDS = 5;

    private final Process process;
    private final Path box;
    private final AutoCloseable held;
    private final DataOutputStream requests;
    private final DataInputStream answers;

    /**
     * @param process speaks the runner's protocol
     * @param box folder of the program, as the program sees it
     * @param held what to give back when the process has ended
     * @throws SandboxException if the runner does not answer; everything is given back
     */
    SandboxSession(Process process, Path box, AutoCloseable held) throws SandboxException {
        this.process = process;
        this.box = box;
        this.held = held;
        requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), 1 << 16));
        answers = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
        try {
            for (byte expected : GREETING) {
                if (answers.readByte() != expected) {
                    throw new IOException("it greets in another language");
                }
            }
        } catch (IOException e) {
            SandboxException failure = broken(e);
            close();
            throw failure;
        }
    }

    /** Folder of the program, as the program sees it. */
    public Path box() {
        return box;
    }

    /** Stores a file in the box, which must not be locked; one of the same name is replaced. */
    public void put(String name, byte[] content) throws SandboxException {
        try {
            requests.writeByte('F');
            writeText(name);
            requests.writeInt(OWNER_EXECUTABLE);
            requests.writeLong(content.length);
            requests.write(content);
            requests.flush();
            readStatus();
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** From now on nothing in the box can be changed. */
    public void lock() throws SandboxException {
        try {
            requests.writeByte('L');
            requests.flush();
            readStatus();
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** Runs a command and waits for its end; nothing that it started is left then. */
    public RunResult run(RunRequest request) throws SandboxException {
        RunLimits limits = request.limits();
        try {
            requests.writeByte('R');
            requests.writeByte(request.policy().ordinal());
            requests.writeLong(limits.processorTime().toMillis());
            requests.writeLong(limits.wallTime().toMillis());
            requests.writeLong(limits.addressSpaceBytes());
            requests.writeLong(limits.fileBytes());
            requests.writeLong(limits.outputBytes());
            requests.writeLong(limits.errorBytes());
            requests.writeInt(limits.tasks());
            writeTexts(request.command());
            writeTexts(request.environment());
            requests.writeLong(request.input().length);
            requests.write(request.input());
            requests.flush();
            readStatus();
            return new RunResult(
                    RunResult.Ending.values()[answers.readUnsignedByte()],
                    answers.readInt(),
                    answers.readLong(),
                    answers.readLong(),
                    answers.readLong(),
                    readBytes(limits.outputBytes()),
                    readBytes(limits.errorBytes()));
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private void writeTexts(List<String> texts) throws IOException {
        requests.writeShort(texts.size());
        for (String text : texts) {
            writeText(text);
        }
    }

    private void writeText(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        requests.writeShort(bytes.length);
        requests.write(bytes);
    }

    private void readStatus() throws IOException {
        if (answers.readByte() != 0) {
            throw new SandboxException(
                    "the sandbox's runner " + new String(readBytes(MOST_COMPLAINTS), StandardCharsets.UTF_8));
        }
    }

    private byte[] readBytes(long most) throws IOException {
        int length = answers.readInt();
        if (length < 0 || length > most) {
            throw new IOException("an answer of " + length + " bytes where at most " + most + " were asked for");
        }
        byte[] bytes = new byte[length];
        answers.readFully(bytes);
        return bytes;
    }

    private SandboxException broken(IOException failure) {
        if (failure instanceof SandboxException known) {
            return known;
        }
        String complaint = "";
        try {
            process.getOutputStream().close();
            complaint = new String(process.getErrorStream().readNBytes(MOST_COMPLAINTS), StandardCharsets.UTF_8)
                    .strip()
                    .replace('\n', ' ');
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        return new SandboxException("the sandbox broke" + (complaint.isEmpty() ? "" : ": " + complaint), failure);
    }

    /** Kills everything in the sandbox, from any thread. */
    public void kill() {
        // A polite signal first: without a process namespace the runner itself must kill what it runs.
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the sandbox, waits for its end and gives back what it held. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // The runner is gone already, which is where this leads.
            process.destroy();
        }
        boolean interrupted = Thread.interrupted();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            interrupted = true;
            kill();
        }
        try {
            process.getInputStream().close();
            process.getErrorStream().close();
            held.close();
        } catch (Exception e) {
            throw new IllegalStateException("what a sandbox held could not be given back", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
