package io.tramontane.jobs.data.parquet;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** The schema of a file, which is stored as its tree's nodes in depth-first order. */
final class ParquetSchema {

    private ParquetSchema() {}

    static MessageType of(List<SchemaElement> elements) {
        Iterator<SchemaElement> rest = elements.iterator();
        SchemaElement root = rest.next();
        return new MessageType(root.getName(), children(root, rest));
    }

    private static List<Type> children(SchemaElement parent, Iterator<SchemaElement> rest) {
        List<Type> types = new ArrayList<>();
        for (int i = 0; i < parent.getNum_children(); i++) {
            types.add(type(rest.next(), rest));
        }
        return types;
    }

    private static Type type(SchemaElement element, Iterator<SchemaElement> rest) {
        Repetition repetition = Repetition.valueOf(element.getRepetition_type().name());
        if (element.isSetNum_children()) {
            return Types.buildGroup(repetition)
                    .addFields(children(element, rest).toArray(Type[]::new))
                    .as(annotation(element))
                    .named(element.getName());
        }
        return Types.primitive(primitive(element.getType()), repetition)
                .length(element.getType_length())
                .as(annotation(element))
                .named(element.getName());
    }

    private static PrimitiveTypeName primitive(org.apache.parquet.format.Type stored) {
        return stored == org.apache.parquet.format.Type.BYTE_ARRAY
                ? PrimitiveTypeName.BINARY
                : PrimitiveTypeName.valueOf(stored.name());
    }

    /** What the bare type means; null (as the library has it) where that changes nothing for us. */
    private static LogicalTypeAnnotation annotation(SchemaElement element) {
        if (element.isSetLogicalType()) {
            return logical(element.getLogicalType());
        }
        return element.isSetConverted_type() ? converted(element) : null;
    }

    private static LogicalTypeAnnotation logical(LogicalType type) {
        return switch (type.getSetField()) {
            case STRING, ENUM, JSON -> LogicalTypeAnnotation.stringType();
            case LIST -> LogicalTypeAnnotation.listType();
            case MAP -> LogicalTypeAnnotation.mapType();
            case DECIMAL ->
                LogicalTypeAnnotation.decimalType(
                        type.getDECIMAL().getScale(), type.getDECIMAL().getPrecision());
            case DATE -> LogicalTypeAnnotation.dateType();
            case TIMESTAMP ->
                LogicalTypeAnnotation.timestampType(
                        type.getTIMESTAMP().isIsAdjustedToUTC(),
                        unit(type.getTIMESTAMP().getUnit()));
            case INTEGER ->
                LogicalTypeAnnotation.intType(
                        type.getINTEGER().getBitWidth(), type.getINTEGER().isIsSigned());
            case UUID -> LogicalTypeAnnotation.uuidType();
            default -> null;
        };
    }

    private static LogicalTypeAnnotation.TimeUnit unit(TimeUnit unit) {
        return LogicalTypeAnnotation.TimeUnit.valueOf(unit.getSetField().name());
    }

    /** The annotations of older writers. */
    private static LogicalTypeAnnotation converted(SchemaElement element) {
        ConvertedType type = element.getConverted_type();
        return switch (type) {
            case UTF8, ENUM, JSON -> LogicalTypeAnnotation.stringType();
            case LIST -> LogicalTypeAnnotation.listType();
            case MAP, MAP_KEY_VALUE -> LogicalTypeAnnotation.mapType();
            case DECIMAL -> LogicalTypeAnnotation.decimalType(element.getScale(), element.getPrecision());
            case DATE -> LogicalTypeAnnotation.dateType();
            case TIMESTAMP_MILLIS -> LogicalTypeAnnotation.timestampType(true, LogicalTypeAnnotation.TimeUnit.MILLIS);
            case TIMESTAMP_MICROS -> LogicalTypeAnnotation.timestampType(true, LogicalTypeAnnotation.TimeUnit.MICROS);
            case UINT_32 -> LogicalTypeAnnotation.intType(32, false);
            case UINT_64 -> LogicalTypeAnnotation.intType(64, false);
            default -> null;
        };
    }
}
