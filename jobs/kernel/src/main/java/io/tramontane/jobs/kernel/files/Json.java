package io.tramontane.jobs.kernel.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * JSON of the program's own files and answers: one configuration for all of them. A record takes exactly its fields,
 * unless a method says otherwise. What an empty text or file holds is a missing node.
 *
 * <p>Thread-safe.
 */
public final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ObjectWriter PRETTY = MAPPER.writerWithDefaultPrettyPrinter();
    private static final ObjectWriter ASCII = MAPPER.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);
    private static final ObjectReader NEWER =
            MAPPER.reader().without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** For a text that a user wrote, which must hold one value and nothing after it. */
    public static final ObjectReader WHOLE = MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Json() {}

    /** An empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** An empty array. */
    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** A record, a collection or a map as nodes. */
    public static <T extends JsonNode> T tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** @throws JsonProcessingException when the nodes are not of this type */
    public static <T> T as(JsonNode node, Class<T> type) throws JsonProcessingException {
        return MAPPER.treeToValue(node, type);
    }

    /** @throws JsonProcessingException when the text is not JSON */
    public static JsonNode parse(String text) throws JsonProcessingException {
        return MAPPER.readTree(text);
    }

    /** @throws JsonProcessingException when the text is not JSON, or not of this type */
    public static <T> T parse(String text, Class<T> type) throws JsonProcessingException {
        return MAPPER.readValue(text, type);
    }

    /** @throws JsonProcessingException when the bytes are not JSON */
    public static JsonNode parse(byte[] text) throws IOException {
        return MAPPER.readTree(text);
    }

    /** @throws JsonProcessingException when the stream does not hold JSON; it is closed then too */
    public static JsonNode parse(InputStream text) throws IOException {
        return MAPPER.readTree(text);
    }

    /** @throws JsonProcessingException when the file does not hold JSON */
    public static JsonNode read(Path file) throws IOException {
        return MAPPER.readTree(file.toFile());
    }

    /** @throws JsonProcessingException when the file does not hold JSON, or something of another type */
    public static <T> T read(Path file, Class<T> type) throws IOException {
        return MAPPER.readValue(file.toFile(), type);
    }

    /** The same, passing over fields that a later version may have added. */
    public static <T> T readNewer(Path file, Class<T> type) throws IOException {
        return NEWER.forType(type).readValue(file.toFile());
    }

    /** The value on one line, without a line feed. */
    public static String line(Object value) {
        return write(MAPPER.writer(), value);
    }

    /** The value over many lines, for people to read; no line feed at its end. */
    public static String pretty(Object value) {
        return write(PRETTY, value);
    }

    /** As {@link #line}, with every character beyond ASCII escaped: half a surrogate pair has no UTF-8. */
    public static String ascii(Object value) {
        return write(ASCII, value);
    }

    /** As {@link #line}, in UTF-8. */
    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw unwritable(value, e);
        }
    }

    private static String write(ObjectWriter writer, Object value) {
        try {
            return writer.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw unwritable(value, e);
        }
    }

    private static UncheckedIOException unwritable(Object value, JsonProcessingException cause) {
        return new UncheckedIOException(value.getClass() + " cannot be written as JSON", cause);
    }
}
