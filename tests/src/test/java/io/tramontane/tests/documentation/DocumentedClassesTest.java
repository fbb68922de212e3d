package io.tramontane.tests.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A class that the architecture, the glossary or a decision names exists, in the folder that stands before it. */
class DocumentedClassesTest {

    private static final List<String> DOCUMENTS = List.of("ARCHITECTURE.md", "GLOSSARY.md", "infra/decisions");

    /** A class, and the last folders of its package where the document says them. */
    private static final Pattern CLASS = Pattern.compile("`((?:[a-z]+/)*[A-Z][A-Za-z]*[a-z][A-Za-z]*)`");

    /** Of a library. */
    private static final Set<String> OTHERS =
            Set.of("KafkaSink", "ListState", "MapState", "NDArray", "GradientCollector");

    private static final Pattern RECORD = Pattern.compile("(?m)^  (?:record|enum) (\\w+)");

    /** Paths of all Java files, and names of all records of the schemas. */
    private static final Set<String> KNOWN = new TreeSet<>();

    @BeforeAll
    static void readAllNames() throws IOException {
        for (String folder : List.of("schemas", "kafka", "operators", "jobs", "tests")) {
            try (Stream<Path> files = Files.walk(Markdown.root().resolve(folder))) {
                files.map(Path::toString)
                        .filter(file -> file.endsWith(".java") && !file.contains("/target/"))
                        .forEach(KNOWN::add);
            }
        }
        String schemas = Markdown.text(Markdown.root().resolve("schemas/src/main/avro/tramontane.avdl"));
        RECORD.matcher(schemas).results().forEach(match -> KNOWN.add("/" + match.group(1) + ".java"));
    }

    @TestFactory
    List<DynamicTest> everyClass() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path document : documents()) {
            classes(Markdown.text(document))
                    .forEach(name -> tests.add(DynamicTest.dynamicTest(
                            Markdown.root().relativize(document) + ": " + name,
                            () -> assertThat(exists(name)).as(name).isTrue())));
        }
        assertThat(tests).hasSizeGreaterThan(100);
        return tests;
    }

    @Test
    void aClassThatIsNoneIsFound() {
        assertThat(classes("`Topic`, `io/PipelineTopics` and `STALE` of `kafka/Topics`"))
                .containsExactly("Topic", "io/PipelineTopics", "kafka/Topics")
                .filteredOn(name -> !exists(name))
                .containsExactly("kafka/Topics");
    }

    private static List<String> classes(String text) {
        List<String> names = new ArrayList<>();
        Matcher matcher = CLASS.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    private static boolean exists(String name) {
        return OTHERS.contains(name) || KNOWN.stream().anyMatch(file -> file.endsWith("/" + name + ".java"));
    }

    private static List<Path> documents() {
        List<Path> documents = new ArrayList<>();
        for (String name : DOCUMENTS) {
            try (Stream<Path> files = Files.walk(Markdown.root().resolve(name))) {
                files.filter(Files::isRegularFile).sorted().forEach(documents::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return documents;
    }
}
