package io.tramontane.pipeline.transport;

import io.tramontane.schemas.Completion;
import io.tramontane.schemas.ScoredCompletion;
import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Completions, scored or not, as element types of a stream. */
public final class CompletionTypes {

    public static final TypeInformation<Completion> COMPLETION =
            new EncodedType<>(Completion.class, CompletionSerializer.INSTANCE);

    public static final TypeInformation<ScoredCompletion> SCORED_COMPLETION =
            new EncodedType<>(ScoredCompletion.class, new ScoredCompletionSerializer());

    private CompletionTypes() {}

    private static final class EncodedType<T> extends TypeInformation<T> {

        private static final long serialVersionUID = 1L;

        private final Class<T> type;
        private final TypeSerializer<T> serializer;

        private EncodedType(Class<T> type, TypeSerializer<T> serializer) {
            this.type = type;
            this.serializer = serializer;
        }

        @Override
        public boolean isBasicType() {
            return false;
        }

        @Override
        public boolean isTupleType() {
            return false;
        }

        @Override
        public int getArity() {
            return 1;
        }

        @Override
        public int getTotalFields() {
            return 1;
        }

        @Override
        public Class<T> getTypeClass() {
            return type;
        }

        @Override
        public boolean isKeyType() {
            return false;
        }

        @Override
        public TypeSerializer<T> createSerializer(SerializerConfig config) {
            return serializer.duplicate();
        }

        @Override
        public String toString() {
            return "Encoded<" + type.getSimpleName() + ">";
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof EncodedType<?> encoded && encoded.type == type;
        }

        @Override
        public int hashCode() {
            return Objects.hash(type);
        }

        @Override
        public boolean canEqual(Object other) {
            return other instanceof EncodedType<?>;
        }
    }
}
