package io.tramontane.jobs.data.rows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** An object a line, blank lines skipped. A line that is wrong does not keep the next ones from being read. */
final class JsonLineRows implements RowFile {

    /** The longest rows of published data sets (tests of competitive programming) have some tens of megabytes. */
    static final int MAXIMUM_LINE_BYTES = 128 << 20;

    private final InputStream bytes;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int filled;
    private long number;

    JsonLineRows(InputStream bytes) {
        this.bytes = bytes;
    }

    @Override
    public Optional<FileRow> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
        while (true) {
            line.reset();
            boolean ended = readLine(line);
            if (!ended && line.size() == 0) {
                return Optional.empty();
            }
            number++;
            if (line.size() > MAXIMUM_LINE_BYTES) {
                return Optional.of(broken("longer than " + (MAXIMUM_LINE_BYTES >> 20) + " MiB"));
            }
            Optional<FileRow> row = parse(line.toByteArray());
            if (row.isPresent()) {
                return row;
            }
        }
    }

    /** Whether a line feed ended it, not the file; of too long a line only the beginning is kept. */
    private boolean readLine(ByteArrayOutputStream line) throws IOException {
        while (true) {
            if (position == filled) {
                position = 0;
                filled = Math.max(0, bytes.read(buffer));
                if (filled == 0) {
                    return false;
                }
            }
            int start = position;
            while (position < filled && buffer[position] != '\n') {
                position++;
            }
            if (line.size() <= MAXIMUM_LINE_BYTES) {
                line.write(buffer, start, position - start);
            }
            if (position < filled) {
                position++;
                return true;
            }
        }
    }

    private Optional<FileRow> parse(byte[] line) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException e) {
            return Optional.of(broken("not UTF-8"));
        }
        if (text.isBlank()) {
            return Optional.empty();
        }
        try {
            JsonNode node = RowJson.mapper().readTree(text);
            return Optional.of(
                    node instanceof ObjectNode fields
                            ? new FileRow.Readable(number, place(), fields)
                            : broken("not a JSON object"));
        } catch (JsonProcessingException e) {
            return Optional.of(broken("not JSON: " + RowJson.reason(e)));
        }
    }

    private FileRow broken(String reason) {
        return new FileRow.Broken(number, place(), reason);
    }

    private String place() {
        return "line " + number;
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
