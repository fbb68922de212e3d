package io.tramontane.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.avro.specific.SpecificRecord;

/**
 * The committed bytes of {@link Samples}, by version. To add one for a new version of the schemas: leave the old ones
 * alone, copy the {@code .avsc} of each changed record to {@code schema-history} in the main resources, and run
 * {@link #main} with the new directory.
 */
final class FixtureFiles {

    private static final String FOLDER = "/io/tramontane/schemas/fixtures/";

    private FixtureFiles() {}

    static byte[] read(int version, String recordName) throws IOException {
        String name = FOLDER + "v" + version + "/" + recordName + ".bin";
        try (InputStream in = FixtureFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("no fixture " + name);
            }
            return in.readAllBytes();
        }
    }

    /** Writes the bytes and the schema of every sample into the directory that is the only argument. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        for (SpecificRecord sample : Samples.all()) {
            String name = sample.getSchema().getName();
            Files.write(
                    directory.resolve(name + ".bin"),
                    RecordCodecTest.codecOf(sample).encode(sample));
            Files.writeString(
                    directory.resolve(name + ".avsc"), sample.getSchema().toString(true) + "\n");
        }
    }
}
