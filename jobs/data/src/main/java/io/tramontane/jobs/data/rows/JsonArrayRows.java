package io.tramontane.jobs.data.rows;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The elements of one JSON array, read one after the other. What is not JSON ends it. */
final class JsonArrayRows implements RowFile {

    /** After an element comes the next one. */
    private static final ObjectReader ELEMENTS =
            RowJson.mapper().reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final JsonParser parser;
    private long number;
    private boolean ended;

    /** @param bytes whose first token is the beginning of the array */
    JsonArrayRows(InputStream bytes) throws IOException {
        this.parser = RowJson.mapper().createParser(bytes);
        parser.nextToken();
    }

    @Override
    public Optional<FileRow> next() throws IOException {
        if (ended) {
            return Optional.empty();
        }
        number++;
        try {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.END_ARRAY) {
                ended = true;
                return parser.nextToken() == null
                        ? Optional.empty()
                        : Optional.of(broken("there is something after the end of the array"));
            }
            if (token == null) {
                ended = true;
                return Optional.of(broken("the array is never closed"));
            }
            String place = place();
            JsonNode node = ELEMENTS.readTree(parser);
            return Optional.of(
                    node instanceof ObjectNode fields
                            ? new FileRow.Readable(number, place, fields)
                            : new FileRow.Broken(number, place, "not a JSON object"));
        } catch (JsonProcessingException e) {
            ended = true;
            return Optional.of(broken("not JSON: " + RowJson.reason(e) + "; nothing after this is read"));
        }
    }

    private FileRow broken(String reason) {
        return new FileRow.Broken(number, place(), reason);
    }

    /** Element and line, since a file may be all in one line. */
    private String place() {
        return "element " + number + " (line " + parser.currentLocation().getLineNr() + ")";
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
