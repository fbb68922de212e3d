package io.tramontane.tests.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The versions that the root {@code pom.xml} pins. */
final class Versions {

    private Versions() {}

    static String property(String name) {
        return first("<" + Pattern.quote(name) + ">([^<]+)</");
    }

    /** That of Tramontane itself. */
    static String project() {
        return first("<artifactId>tramontane-parent</artifactId>\\s*<version>([^<]+)</version>");
    }

    private static String first(String pattern) {
        try {
            Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(Manifests.ROOT.resolve("pom.xml")));
            if (!matcher.find()) {
                throw new AssertionError("pom.xml has no " + pattern);
            }
            return matcher.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
