package io.tramontane.jobs.data.formats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Values as Python prints them, {@code {'input': '1\n', 'fn_name': None}}: what a data set holds when its author wrote
 * {@code str(dictionary)}. Dictionaries with texts or numbers as keys, lists, tuples, texts, numbers, True, False and
 * None; nothing is executed. See "Literals" in the Python language reference.
 */
final class PythonLiteral {

    private static final int MAXIMUM_DEPTH = 200;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String text;
    private int at;

    private PythonLiteral(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException if the text is no such value; the message says where */
    static JsonNode parse(String text) {
        PythonLiteral literal = new PythonLiteral(text);
        JsonNode value = literal.value(0);
        literal.skipSpaces();
        if (literal.at < text.length()) {
            throw literal.unexpected();
        }
        return value;
    }

    private JsonNode value(int depth) {
        if (depth > MAXIMUM_DEPTH) {
            throw new IllegalArgumentException("is nested too deeply");
        }
        skipSpaces();
        return switch (peek()) {
            case '{' -> dictionary(depth);
            case '[' -> sequence(']', depth);
            case '(' -> sequence(')', depth);
            case '\'', '"' -> JSON.textNode(string());
            default -> word();
        };
    }

    private ObjectNode dictionary(int depth) {
        ObjectNode object = JSON.objectNode();
        at++;
        while (!closes('}')) {
            JsonNode key = value(depth + 1);
            if (key.isContainerNode() || !closes(':')) {
                throw unexpected();
            }
            object.set(key.asText(), value(depth + 1));
            separator('}');
        }
        return object;
    }

    private ArrayNode sequence(char end, int depth) {
        ArrayNode array = JSON.arrayNode();
        at++;
        while (!closes(end)) {
            array.add(value(depth + 1));
            separator(end);
        }
        return array;
    }

    /** Goes past a comma; without one, what follows must be the end. */
    private void separator(char end) {
        if (!closes(',')) {
            skipSpaces();
            if (peek() != end) {
                throw unexpected();
            }
        }
    }

    /** Goes past the character if it is next. */
    private boolean closes(char expected) {
        skipSpaces();
        boolean is = peek() == expected;
        if (is) {
            at++;
        }
        return is;
    }

    private String string() {
        char quote = text.charAt(at++);
        StringBuilder content = new StringBuilder();
        while (peek() != quote) {
            char next = text.charAt(at++);
            if (next == '\\') {
                escape(content);
            } else {
                content.append(next);
            }
        }
        at++;
        return content.toString();
    }

    private void escape(StringBuilder content) {
        char kind = peek();
        at++;
        switch (kind) {
            case 'n' -> content.append('\n');
            case 't' -> content.append('\t');
            case 'r' -> content.append('\r');
            case 'a' -> content.append('\u0007');
            case 'b' -> content.append('\b');
            case 'f' -> content.append('\f');
            case 'v' -> content.append('\u000b');
            case '\\', '\'', '"' -> content.append(kind);
            case '\n' -> {
                // A line that goes on: neither the backslash nor the line feed counts.
            }
            case 'x' -> content.appendCodePoint(digits(2, 16));
            case 'u' -> content.appendCodePoint(digits(4, 16));
            case 'U' -> content.appendCodePoint(digits(8, 16));
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                at--;
                int length = 1;
                while (length < 3 && at + length < text.length() && isOctal(text.charAt(at + length))) {
                    length++;
                }
                content.appendCodePoint(digits(length, 8));
            }
            default -> content.append('\\').append(kind);
        }
    }

    private static boolean isOctal(char c) {
        return c >= '0' && c <= '7';
    }

    private int digits(int length, int radix) {
        if (at + length > text.length()) {
            throw unexpected();
        }
        try {
            int value = Integer.parseInt(text, at, at + length, radix);
            if (!Character.isValidCodePoint(value)) {
                throw unexpected();
            }
            at += length;
            return value;
        } catch (NumberFormatException e) {
            throw unexpected();
        }
    }

    private JsonNode word() {
        int start = at;
        while (at < text.length() && isPartOfWord(text.charAt(at))) {
            at++;
        }
        String word = text.substring(start, at);
        switch (word) {
            case "None":
                return JSON.nullNode();
            case "True":
                return JSON.booleanNode(true);
            case "False":
                return JSON.booleanNode(false);
            default:
                try {
                    return word.matches("[+-]?\\d{1,1000}")
                            ? JSON.numberNode(new BigInteger(word))
                            : JSON.numberNode(new BigDecimal(word));
                } catch (NumberFormatException e) {
                    at = start;
                    throw unexpected();
                }
        }
    }

    private static boolean isPartOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '+' || c == '_';
    }

    private char peek() {
        if (at >= text.length()) {
            throw new IllegalArgumentException("ends too early");
        }
        return text.charAt(at);
    }

    private void skipSpaces() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("is not a Python value at character " + (at + 1));
    }
}
