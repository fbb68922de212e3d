package io.tramontane.jobs.run.tensorboard;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * A file of TensorBoard's events, to which whole events are appended. Each is a record of TensorFlow's framing: its
 * length (8 bytes, little-endian), the masked CRC-32C of those, the event, the masked CRC-32C of the event.
 *
 * <p>A file that is there is gone through first. What a killed process has left unfinished at its end is cut off, and
 * so is everything from the first record whose checksum is wrong; the steps before are known, so that none is written
 * twice.
 *
 * <p>Used by one thread of one process.
 */
final class EventFile implements Closeable {

    private static final int LENGTH_BYTES = Long.BYTES + Integer.BYTES;
    private static final int MASK = 0xa282ead8;
    private static final int MASK_ROTATION = 15;
    /** Far more than a step takes; a larger length is no length. */
    private static final int LARGEST_EVENT = 1 << 20;

    private final FileChannel channel;
    private OptionalLong lastStep = OptionalLong.empty();

    private EventFile(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Opens the file to go on, or makes it.
     *
     * @param createdAt seconds since the epoch, for the first event of a new file
     */
    static EventFile open(Path path, double createdAt) throws IOException {
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        EventFile file = new EventFile(channel);
        try {
            file.recover();
            if (channel.position() == 0) {
                file.append(ScalarEvent.fileVersion(createdAt));
            }
            return file;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The step of the last event that has one; empty in a new file. */
    OptionalLong lastStep() {
        return lastStep;
    }

    /** Appends scalars of a step; all of them, in one write. */
    void append(ScalarEvent event) throws IOException {
        append(event.encode());
        lastStep = OptionalLong.of(event.step());
    }

    private void append(byte[] event) throws IOException {
        ByteBuffer framed =
                ByteBuffer.allocate(LENGTH_BYTES + event.length + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        framed.putLong(event.length);
        framed.putInt(maskedChecksum(framed.array(), 0, Long.BYTES));
        framed.put(event);
        framed.putInt(maskedChecksum(event, 0, event.length));
        framed.flip();
        while (framed.hasRemaining()) {
            channel.write(framed);
        }
    }

    private void recover() throws IOException {
        long whole = 0;
        try {
            for (byte[] event = next(); event != null; event = next()) {
                whole = channel.position();
                OptionalLong step = ScalarEvent.stepOf(event);
                lastStep = step.isPresent() ? step : lastStep;
            }
        } catch (EOFException unfinished) {
            // Cut off below.
        }
        channel.truncate(whole);
        channel.position(whole);
    }

    /** The next event; null where the file ends or a checksum is wrong. */
    private byte[] next() throws IOException {
        if (channel.position() == channel.size()) {
            return null;
        }
        ByteBuffer head = read(LENGTH_BYTES);
        long length = head.getLong();
        if (head.getInt() != maskedChecksum(head.array(), 0, Long.BYTES) || length < 0 || length > LARGEST_EVENT) {
            return null;
        }
        ByteBuffer body = read((int) length + Integer.BYTES);
        byte[] event = new byte[(int) length];
        body.get(event);
        return body.getInt() == maskedChecksum(event, 0, event.length) ? event : null;
    }

    private ByteBuffer read(int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("the last event is unfinished");
            }
        }
        return buffer.flip();
    }

    private static int maskedChecksum(byte[] bytes, int offset, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, offset, length);
        return Integer.rotateRight((int) checksum.getValue(), MASK_ROTATION) + MASK;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
