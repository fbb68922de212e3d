package io.tramontane.tests.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The modules with code of the program, as their {@code pom.xml} describe them. */
final class Modules {

    private static final Path ROOT = Path.of("..");
    private static final String OURS = "io.tramontane";

    /**
     * One of them.
     *
     * @param name its folder from the root, {@code jobs/run}
     * @param artifact its id for Maven
     * @param needs our own artifacts that its own code depends on, not its tests alone
     */
    record Module(String name, String artifact, Set<String> needs) {

        Path folder() {
            return ROOT.resolve(name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private Modules() {}

    /** In the order of the build files; without {@code tests}, which has no code of the program. */
    static List<Module> all() throws IOException {
        List<Module> modules = new ArrayList<>();
        collect("", modules);
        return modules;
    }

    private static void collect(String folder, List<Module> modules) throws IOException {
        Element project = read(ROOT.resolve(folder).resolve("pom.xml"));
        List<String> parts = children(project, "modules")
                .flatMap(list -> children(list, "module"))
                .map(Element::getTextContent)
                .toList();
        for (String part : parts) {
            collect(folder.isEmpty() ? part : folder + "/" + part, modules);
        }
        if (parts.isEmpty() && !folder.equals("tests")) {
            Set<String> needs = new LinkedHashSet<>();
            children(project, "dependencies")
                    .flatMap(list -> children(list, "dependency"))
                    .filter(dependency -> text(dependency, "groupId").equals(OURS))
                    .filter(dependency -> !text(dependency, "scope").equals("test"))
                    .forEach(dependency -> needs.add(text(dependency, "artifactId")));
            modules.add(new Module(folder, text(project, "artifactId"), needs));
        }
    }

    private static Element read(Path pom) throws IOException {
        try (var stream = Files.newInputStream(pom)) {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(stream)
                    .getDocumentElement();
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException(pom + " cannot be read", e);
        }
    }

    private static String text(Element parent, String name) {
        return children(parent, name).map(Element::getTextContent).findFirst().orElse("");
    }

    private static Stream<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found.stream();
    }
}
