package io.tramontane.jobs.data.grade;

import com.fasterxml.jackson.databind.JsonNode;
import io.tramontane.jobs.data.dataset.DatasetException;
import java.math.BigDecimal;

/**
 * One object of a file to grade.
 *
 * @param where the file and the line, as a message about them begins
 * @param fields all fields of the line
 */
public record InputLine(String where, JsonNode fields) {

    /**
     * A number with more zeros than this is left in scientific notation: {@code 1e999999999} is no text to write out.
     */
    private static final int MOST_ZEROS = 400;

    /** The line's {@code id}, a text or a number as the file has it. */
    public JsonNode id() {
        JsonNode id = fields.path("id");
        if (!id.isTextual() && !id.isNumber()) {
            throw wrong("id", "must be a text or a number");
        }
        return id;
    }

    /**
     * A text; a number stands for its own digits.
     *
     * @throws DatasetException if it is missing or neither of both
     */
    public String text(String field) {
        JsonNode value = fields.path(field);
        if (value.isTextual()) {
            return value.textValue();
        }
        if (value.isNumber()) {
            BigDecimal number = value.decimalValue();
            return Math.abs((long) number.scale()) > MOST_ZEROS ? number.toString() : number.toPlainString();
        }
        throw wrong(field, "must be a text or a number");
    }

    /** The error for a field that is not as it must be. */
    public DatasetException wrong(String field, String problem) {
        return new DatasetException(where + ": '" + field + "' " + problem);
    }
}
