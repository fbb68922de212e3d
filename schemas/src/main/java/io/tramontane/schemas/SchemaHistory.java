package io.tramontane.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Former versions of the schemas, so that topics written by an older release stay readable. A former version is a
 * resource {@code schema-history/<record name>/<n>.avsc}, n from 1 without gaps; it is added when a schema changes and
 * never removed.
 */
final class SchemaHistory {

    private SchemaHistory() {}

    static List<Schema> of(String recordName) {
        List<Schema> versions = new ArrayList<>();
        for (int n = 1; ; n++) {
            try (InputStream in = SchemaHistory.class.getResourceAsStream(
                    "/io/tramontane/schemas/schema-history/" + recordName + "/" + n + ".avsc")) {
                if (in == null) {
                    return versions;
                }
                versions.add(new Schema.Parser().parse(in));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
