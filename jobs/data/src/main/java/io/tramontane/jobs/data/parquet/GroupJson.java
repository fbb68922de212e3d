package io.tramontane.jobs.data.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/** An assembled record as JSON. */
final class GroupJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private GroupJson() {}

    static ObjectNode object(Group group) {
        ObjectNode object = JSON.objectNode();
        GroupType type = group.getType();
        for (int field = 0; field < type.getFieldCount(); field++) {
            int values = group.getFieldRepetitionCount(field);
            if (type.getType(field).isRepetition(Repetition.REPEATED)) {
                object.set(type.getFieldName(field), repeated(group, field));
            } else if (values > 0) {
                object.set(type.getFieldName(field), value(group, field, 0));
            }
        }
        return object;
    }

    private static ArrayNode repeated(Group group, int field) {
        ArrayNode array = JSON.arrayNode();
        for (int i = 0; i < group.getFieldRepetitionCount(field); i++) {
            array.add(value(group, field, i));
        }
        return array;
    }

    private static JsonNode value(Group group, int field, int index) {
        Type type = group.getType().getType(field);
        LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
        if (type.isPrimitive()) {
            return primitive(group, field, index, type.asPrimitiveType(), annotation);
        }
        Group child = group.getGroup(field, index);
        if (annotation instanceof ListLogicalTypeAnnotation && isWrapper(type.asGroupType())) {
            return list(child);
        }
        if (annotation instanceof MapLogicalTypeAnnotation && isWrapper(type.asGroupType())) {
            return map(child);
        }
        return object(child);
    }

    private static boolean isWrapper(GroupType type) {
        return type.getFieldCount() == 1 && type.getType(0).isRepetition(Repetition.REPEATED);
    }

    private static ArrayNode list(Group list) {
        Type repeated = list.getType().getType(0);
        if (repeated.isPrimitive() || !isElementWrapper(repeated, list.getType())) {
            return repeated(list, 0);
        }
        ArrayNode array = JSON.arrayNode();
        for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
            Group element = list.getGroup(0, i);
            array.add(element.getFieldRepetitionCount(0) > 0 ? value(element, 0, 0) : JSON.nullNode());
        }
        return array;
    }

    /**
     * Whether the repeated group only wraps the element, as it must, or is the element itself, as older writers had it
     * (the rules of backward compatibility in the format's LogicalTypes.md).
     */
    private static boolean isElementWrapper(Type repeated, GroupType list) {
        GroupType group = repeated.asGroupType();
        return group.getFieldCount() == 1
                && !group.getType(0).isRepetition(Repetition.REPEATED)
                && !repeated.getName().equals("array")
                && !repeated.getName().equals(list.getName() + "_tuple");
    }

    private static ObjectNode map(Group map) {
        ObjectNode object = JSON.objectNode();
        for (int i = 0; i < map.getFieldRepetitionCount(0); i++) {
            Group entry = map.getGroup(0, i);
            boolean hasValue = entry.getType().getFieldCount() > 1 && entry.getFieldRepetitionCount(1) > 0;
            object.set(value(entry, 0, 0).asText(), hasValue ? value(entry, 1, 0) : JSON.nullNode());
        }
        return object;
    }

    private static JsonNode primitive(
            Group group, int field, int index, PrimitiveType type, LogicalTypeAnnotation annotation) {
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> JSON.booleanNode(group.getBoolean(field, index));
            case FLOAT -> JSON.numberNode(group.getFloat(field, index));
            case DOUBLE -> JSON.numberNode(group.getDouble(field, index));
            case INT32 -> whole(group.getInteger(field, index), annotation);
            case INT64 -> whole(group.getLong(field, index), annotation);
            case INT96 -> JSON.textNode(group.getInt96(field, index).toString());
            case BINARY, FIXED_LEN_BYTE_ARRAY -> bytes(group.getBinary(field, index), annotation);
        };
    }

    private static JsonNode whole(long value, LogicalTypeAnnotation annotation) {
        if (annotation instanceof DecimalLogicalTypeAnnotation decimal) {
            return JSON.numberNode(BigDecimal.valueOf(value, decimal.getScale()));
        }
        if (annotation instanceof DateLogicalTypeAnnotation) {
            return JSON.textNode(LocalDate.ofEpochDay(value).toString());
        }
        if (annotation instanceof TimestampLogicalTypeAnnotation timestamp) {
            ChronoUnit unit = ChronoUnit.valueOf(timestamp.getUnit().name());
            return JSON.textNode(Instant.EPOCH.plus(value, unit).toString());
        }
        if (annotation instanceof IntLogicalTypeAnnotation integer && !integer.isSigned()) {
            return integer.getBitWidth() == Long.SIZE
                    ? JSON.numberNode(new BigInteger(Long.toUnsignedString(value)))
                    : JSON.numberNode(value & 0xffff_ffffL);
        }
        return JSON.numberNode(value);
    }

    private static JsonNode bytes(Binary value, LogicalTypeAnnotation annotation) {
        if (annotation instanceof DecimalLogicalTypeAnnotation decimal) {
            return JSON.numberNode(new BigDecimal(new BigInteger(value.getBytes()), decimal.getScale()));
        }
        if (annotation instanceof UUIDLogicalTypeAnnotation) {
            var halves = value.toByteBuffer();
            return JSON.textNode(new UUID(halves.getLong(), halves.getLong()).toString());
        }
        // Text is by far the most frequent content of bytes, said or not.
        return JSON.textNode(value.toStringUsingUTF8());
    }
}
