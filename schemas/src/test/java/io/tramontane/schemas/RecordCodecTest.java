package io.tramontane.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordCodecTest {

    /**
     * Where the length of the data of a {@link WeightsChunk} with small numbers lies: header and three one-byte fields.
     */
    private static final int LENGTH_OF_DATA = 13;

    @SuppressWarnings("unchecked")
    static RecordCodec<SpecificRecord> codecOf(SpecificRecord sample) {
        return RecordCodec.of((Class<SpecificRecord>) sample.getClass());
    }

    @ParameterizedTest
    @MethodSource("io.tramontane.schemas.Samples#all")
    void everyRecordSurvivesTheRoundTrip(SpecificRecord sample) throws Exception {
        RecordCodec<SpecificRecord> codec = codecOf(sample);
        assertThat(codec.decode(codec.encode(sample))).isEqualTo(sample);
    }

    @ParameterizedTest
    @MethodSource("io.tramontane.schemas.Samples#ofVersionOne")
    void everyRecordOfVersionOneStaysReadable(SpecificRecord sample) throws Exception {
        byte[] committed = FixtureFiles.read(1, sample.getSchema().getName());
        assertThat(codecOf(sample).decode(committed)).isEqualTo(sample);
    }

    @ParameterizedTest
    @MethodSource("io.tramontane.schemas.Samples#ofVersionTwo")
    void everyRecordOfVersionTwoStaysReadable(SpecificRecord sample) throws Exception {
        byte[] committed = FixtureFiles.read(2, sample.getSchema().getName());
        assertThat(codecOf(sample).decode(committed)).isEqualTo(sample);
    }

    @ParameterizedTest
    @MethodSource("io.tramontane.schemas.Samples#ofVersionThree")
    void everyRecordOfVersionThreeStaysReadable(SpecificRecord sample) throws Exception {
        byte[] committed = FixtureFiles.read(3, sample.getSchema().getName());
        assertThat(codecOf(sample).decode(committed)).isEqualTo(sample);
    }

    @ParameterizedTest
    @MethodSource("io.tramontane.schemas.Samples#ofVersionFour")
    void everyRecordOfVersionFourStaysReadable(SpecificRecord sample) throws Exception {
        byte[] committed = FixtureFiles.read(4, sample.getSchema().getName());
        assertThat(codecOf(sample).decode(committed)).isEqualTo(sample);
    }

    @ParameterizedTest
    @MethodSource("io.tramontane.schemas.Samples#all")
    void everyRecordOfVersionFiveStaysReadable(SpecificRecord sample) throws Exception {
        byte[] committed = FixtureFiles.read(5, sample.getSchema().getName());
        assertThat(codecOf(sample).decode(committed)).isEqualTo(sample);
    }

    @ParameterizedTest
    @MethodSource("io.tramontane.schemas.Samples#all")
    void aTruncatedRecordIsMalformed(SpecificRecord sample) {
        RecordCodec<SpecificRecord> codec = codecOf(sample);
        byte[] whole = codec.encode(sample);
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> codec.decode(part))
                    .isInstanceOf(MalformedRecordException.class)
                    .hasMessage("the record is cut off");
        }
    }

    @ParameterizedTest
    @MethodSource("io.tramontane.schemas.Samples#all")
    void aDamagedRecordIsMalformedOrAnotherRecord(SpecificRecord sample) {
        RecordCodec<SpecificRecord> codec = codecOf(sample);
        byte[] whole = codec.encode(sample);
        Random random = new Random(sample.getSchema().getName().hashCode());
        for (int i = 0; i < 500; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            try {
                assertThat(codec.decode(damaged)).isNotNull();
            } catch (MalformedRecordException e) {
                assertThat(e).hasMessageNotContaining("\n");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 1_000_000, 2_000_000_000, 1L << 40, -1, Long.MIN_VALUE})
    void aLengthBeyondTheRecordTakesNoMemory(long length) {
        RecordCodec<WeightsChunk> codec = RecordCodec.of(WeightsChunk.class);
        byte[] header = Arrays.copyOf(codec.encode(Samples.chunk()), LENGTH_OF_DATA);
        byte[] forged = concatenate(header, variableLength(length), new byte[] {1, 2, 3, 4});
        assertThatThrownBy(() -> codec.decode(forged)).isInstanceOf(MalformedRecordException.class);
    }

    /** Blocks as Avro writes them with a byte count: the number of items negative, then the bytes they take. */
    @ParameterizedTest
    @ValueSource(longs = {-1_000_000_000, -2_000_000_000, -(1L << 40), 1_000_000_000, 1L << 40})
    void anArrayOrMapBeyondTheRecordTakesNoMemory(long items) {
        byte[] blocks = concatenate(variableLength(items), items < 0 ? variableLength(0) : new byte[0], new byte[] {0});
        byte[] tensor = RecordCodec.of(TensorEntry.class).encode(new TensorEntry("t", List.of(), 0L));
        // The name's length and one character follow the header, then the array.
        byte[] array = concatenate(Arrays.copyOf(tensor, 12), blocks, new byte[] {0});
        assertThatThrownBy(() -> RecordCodec.of(TensorEntry.class).decode(array))
                .isInstanceOf(MalformedRecordException.class);

        Step step = Samples.step();
        step.setMetrics(Map.of());
        byte[] whole = RecordCodec.of(Step.class).encode(step);
        byte[] hash = "00ff".getBytes(UTF_8);
        int map = indexOf(whole, hash) - 2;
        assertThat(whole[map]).as("the empty map").isZero();
        byte[] forged =
                concatenate(Arrays.copyOf(whole, map), blocks, Arrays.copyOfRange(whole, map + 1, whole.length));
        assertThatThrownBy(() -> RecordCodec.of(Step.class).decode(forged))
                .isInstanceOf(MalformedRecordException.class);
    }

    @Test
    void itemsInBlocksWithAByteCountAreRead() throws Exception {
        TensorEntry sample = new TensorEntry("t", List.of(1L, 2L), 0L);
        byte[] tensor = RecordCodec.of(TensorEntry.class).encode(sample);
        byte[] blocks = concatenate(variableLength(-2), variableLength(2), new byte[] {2, 4, 0});
        byte[] sized = concatenate(Arrays.copyOf(tensor, 12), blocks, new byte[] {0});
        assertThat(RecordCodec.of(TensorEntry.class).decode(sized)).isEqualTo(sample);
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        return IntStream.range(0, bytes.length - part.length)
                .filter(at -> Arrays.equals(bytes, at, at + part.length, part, 0, part.length))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void bytesAfterTheRecordAreMalformed() {
        RecordCodec<SamplingSettings> codec = RecordCodec.of(SamplingSettings.class);
        byte[] longer = concatenate(codec.encode(Samples.sampling()), new byte[] {0});
        assertThatThrownBy(() -> codec.decode(longer))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining("bytes follow the record");
    }

    @Test
    void aRecordOfAnotherTypeIsMalformed() {
        byte[] step = RecordCodec.of(Step.class).encode(Samples.step());
        assertThatThrownBy(() -> RecordCodec.of(Group.class).decode(step))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining("MissingSchemaException");
    }

    @Test
    void bytesOfSomethingElseAreMalformed() {
        assertThatThrownBy(() -> RecordCodec.of(Group.class).decode("{\"json\": true}".getBytes()))
                .isInstanceOf(MalformedRecordException.class);
    }

    @Test
    void aMissingFieldCannotBeEncoded() {
        assertThatThrownBy(() -> RecordCodec.of(Step.class).encode(new Step()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("io.tramontane.schemas.Step");
    }

    @Test
    void encodingsAreIndependentOfEachOther() throws Exception {
        RecordCodec<SamplingSettings> codec = RecordCodec.of(SamplingSettings.class);
        byte[] first = codec.encode(new SamplingSettings(1f, 1));
        codec.encode(new SamplingSettings(2f, 2));
        assertThat(codec.decode(first)).isEqualTo(new SamplingSettings(1f, 1));
    }

    @Test
    void aFormerVersionIsResolved() throws Exception {
        // A narrower index and a field that has been removed since.
        Schema former = SchemaBuilder.record("WeightSpan")
                .namespace("io.tramontane.schemas")
                .fields()
                .requiredInt("incarnation")
                .requiredLong("version")
                .requiredString("producer")
                .requiredInt("start")
                .requiredInt("end")
                .endRecord();
        GenericRecord written = new GenericRecordBuilder(former)
                .set("incarnation", 2)
                .set("version", 7L)
                .set("producer", "gone")
                .set("start", 0)
                .set("end", 2)
                .build();
        ByteBuffer bytes = new BinaryMessageEncoder<GenericRecord>(GenericData.get(), former).encode(written);

        assertThat(new RecordCodec<>(WeightSpan.class, List.of(former)).decode(bytes.array()))
                .isEqualTo(Samples.span());
        assertThatThrownBy(() -> RecordCodec.of(WeightSpan.class).decode(bytes.array()))
                .as("a version that nobody has announced")
                .isInstanceOf(MalformedRecordException.class);
    }

    @Test
    void theHistoryIsReadFromResources() {
        assertThat(SchemaHistory.of("RecordWithAHistory"))
                .extracting(schema -> schema.getFields().size())
                .containsExactly(1, 2);
        assertThat(SchemaHistory.of("NoSuchRecord")).isEmpty();
    }

    private static byte[] variableLength(long value) {
        byte[] bytes = new byte[10];
        int length = 0;
        long zigZag = (value << 1) ^ (value >> 63);
        while ((zigZag & ~0x7fL) != 0) {
            bytes[length++] = (byte) ((zigZag & 0x7f) | 0x80);
            zigZag >>>= 7;
        }
        bytes[length++] = (byte) zigZag;
        return Arrays.copyOf(bytes, length);
    }

    private static byte[] concatenate(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
