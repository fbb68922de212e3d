package io.tramontane.jobs.data.formats;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tramontane.jobs.data.rows.RowJson;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of a row as a format asks for them. Notes which ones were asked for, so that the others can be kept, and
 * what is wrong with them. A field within a field is written with a dot, {@code reward_model.ground_truth}; null is as
 * good as missing.
 *
 * <p>Not thread-safe.
 */
public final class RowFields {

    /** Beyond this a decimal is written with an exponent, or its zeros could fill the memory. */
    private static final int LONGEST_PLAIN_SCALE = 100;

    private final ObjectNode row;
    private final Set<String> used = new HashSet<>();
    private final Set<String> faults = new LinkedHashSet<>();

    public RowFields(ObjectNode row) {
        this.row = row;
    }

    /** What is wrong, one line each with the field's name. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /** Notes what is wrong with a field: {@code 'answer' is empty}. */
    void fault(String field, String what) {
        faults.add("'" + field + "' " + what);
    }

    /** Whether the field is there and not null; else a fault is noted. */
    boolean require(String field) {
        boolean is = !node(field).isMissingNode();
        if (!is) {
            faults.add("no '" + field + "'");
        }
        return is;
    }

    /** A text or number that must be there; else a fault is noted, and the text is empty. */
    String text(String field) {
        if (!require(field)) {
            return "";
        }
        String text = optionalText(field).orElse(null);
        if (text != null && text.isBlank()) {
            fault(field, "is empty");
        }
        return text == null ? "" : text;
    }

    /** A text or number that may be missing. */
    Optional<String> optionalText(String field) {
        JsonNode node = node(field);
        if (node.isMissingNode()) {
            return Optional.empty();
        }
        if (!node.isTextual() && !isFinite(node)) {
            fault(field, "must be a text or a number");
            return Optional.empty();
        }
        return Optional.of(textOf(node));
    }

    /** A text or number that may be missing and counts only when it is not blank. */
    Optional<String> filledText(String field) {
        return optionalText(field).filter(text -> !text.isBlank());
    }

    /** The first of these fields that has a text or number. */
    Optional<String> firstText(String... fields) {
        for (String field : fields) {
            Optional<String> text = filledText(field);
            if (text.isPresent()) {
                return text;
            }
        }
        return Optional.empty();
    }

    /**
     * An object or array, be it stored as such or as a text that holds it, in JSON or as Python prints it. Empty when
     * the field is missing or blank, and when it is something else, which is noted as a fault.
     */
    Optional<JsonNode> structure(String field) {
        JsonNode node = node(field);
        if (node.isMissingNode() || (node.isTextual() && node.textValue().isBlank())) {
            return Optional.empty();
        }
        try {
            JsonNode structure = node.isTextual() ? parsed(node.textValue()) : node;
            if (structure.isContainerNode()) {
                return Optional.of(structure);
            }
            fault(field, "must be an object or a list");
        } catch (IllegalArgumentException e) {
            fault(field, e.getMessage());
        }
        return Optional.empty();
    }

    /** The field as it is; a missing node when it is not there. */
    JsonNode node(String field) {
        used.add(field.split("\\.")[0]);
        return seen(field);
    }

    /** The text of a field that decides how the row is read, but is kept with the others; empty when it has none. */
    String glance(String field) {
        JsonNode node = seen(field);
        return node.isTextual() ? node.textValue().strip() : "";
    }

    /** How many elements a field has that is kept with the others. */
    int count(String field) {
        return seen(field).size();
    }

    private JsonNode seen(String field) {
        JsonNode node = row;
        for (String name : field.split("\\.")) {
            node = node.path(name);
        }
        return node.isNull() ? row.missingNode() : node;
    }

    /**
     * The fields that the format did not ask for, as a JSON object; those that would make it longer than the maximum
     * are left out, the others keep their order.
     *
     * @param maximumCharacters of the JSON text; 0 keeps none
     */
    public String rest(int maximumCharacters) {
        ObjectNode rest = RowJson.mapper().createObjectNode();
        int length = 2;
        for (Map.Entry<String, JsonNode> field : row.properties()) {
            if (used.contains(field.getKey()) || field.getValue().isNull()) {
                continue;
            }
            if (field.getValue().isTextual() && field.getValue().textValue().length() > maximumCharacters) {
                continue;
            }
            int added = field.getKey().length() + field.getValue().toString().length() + 4;
            if (length + added <= maximumCharacters) {
                rest.set(field.getKey(), field.getValue());
                length += added;
            }
        }
        return rest.isEmpty() ? "" : rest.toString();
    }

    /** A text or number as text: {@code 0.10} stays {@code 0.10}. */
    static String textOf(JsonNode node) {
        if (node.isBigDecimal()) {
            BigDecimal decimal = node.decimalValue();
            return Math.abs((long) decimal.scale()) <= LONGEST_PLAIN_SCALE
                    ? decimal.toPlainString()
                    : decimal.toString();
        }
        return node.asText();
    }

    private static boolean isFinite(JsonNode node) {
        return node.isNumber()
                && (!node.isFloatingPointNumber() || node.isBigDecimal() || isFinite(node.doubleValue()));
    }

    private static boolean isFinite(double value) {
        return !Double.isNaN(value) && !Double.isInfinite(value);
    }

    private static JsonNode parsed(String text) {
        try {
            return RowJson.mapper().readTree(text);
        } catch (JsonProcessingException notJson) {
            try {
                return PythonLiteral.parse(text);
            } catch (IllegalArgumentException notPython) {
                throw new IllegalArgumentException("is not JSON: " + RowJson.reason(notJson), notJson);
            }
        }
    }
}
