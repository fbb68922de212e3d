package io.tramontane.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * The committed bytes of {@link Samples}, by version. A version holds the records that it changed; the others are those
 * of the versions before it. To add one for a new version of the schemas: leave the old ones alone, copy the
 * {@code .avsc} of each changed record to {@code schema-history} in the main resources, and run {@link #main}.
 */
final class FixtureFiles {

    private static final String FOLDER = "/io/tramontane/schemas/fixtures/";

    private FixtureFiles() {}

    /** What a version has written of a record. */
    static byte[] read(int version, String recordName) throws IOException {
        return find(version, recordName + ".bin")
                .orElseThrow(() -> new IOException("no fixture of " + recordName + " up to version " + version));
    }

    private static Optional<byte[]> find(int version, String file) throws IOException {
        for (int written = version; written >= 1; written--) {
            try (InputStream in = FixtureFiles.class.getResourceAsStream(FOLDER + "v" + written + "/" + file)) {
                if (in != null) {
                    return Optional.of(in.readAllBytes());
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Writes bytes and schema of every sample that differs from the version before.
     *
     * @param arguments the number of the new version, and its directory
     */
    public static void main(String[] arguments) throws IOException {
        int version = Integer.parseInt(arguments[0]);
        Path directory = Files.createDirectories(Path.of(arguments[1]));
        for (SpecificRecord sample : Samples.all()) {
            String name = sample.getSchema().getName();
            write(
                    version,
                    directory,
                    name + ".bin",
                    RecordCodecTest.codecOf(sample).encode(sample));
            write(
                    version,
                    directory,
                    name + ".avsc",
                    (sample.getSchema().toString(true) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void write(int version, Path directory, String file, byte[] content) throws IOException {
        Optional<byte[]> before = find(version - 1, file);
        if (before.isEmpty() || !Arrays.equals(before.get(), content)) {
            Files.write(directory.resolve(file), content);
        }
    }
}
