package io.tramontane.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.tramontane.tests.architecture.Modules.Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The graph of modules and packages, read from the classes: it is what the build files say, has no cycle, and is drawn
 * in {@code infra/MODULES.md}.
 *
 * <p>{@code -Dtramontane.graph.write=true} writes the drawing.
 */
class ModuleGraphTest {

    private static final Path DRAWING = Path.of("..", "infra", "MODULES.md");
    private static final String PREFIX = "io.tramontane.";

    private static List<Module> modules;

    /** What the classes of a module use: other modules by name. */
    private static final Map<String, Set<String>> USED = new LinkedHashMap<>();

    /** The packages of a module, each with the packages it uses. */
    private static final Map<String, Map<String, Set<String>>> PACKAGES = new LinkedHashMap<>();

    private static final Map<String, Set<String>> MODULES_OF_PACKAGES = new HashMap<>();

    @BeforeAll
    static void readAllClasses() throws IOException {
        modules = Modules.all();
        Map<String, JavaClasses> classes = new LinkedHashMap<>();
        for (Module module : modules) {
            JavaClasses own = new ClassFileImporter().importPath(module.folder().resolve(Path.of("target", "classes")));
            classes.put(module.name(), own);
            own.forEach(javaClass -> MODULES_OF_PACKAGES
                    .computeIfAbsent(javaClass.getPackageName(), unknown -> new TreeSet<>())
                    .add(module.name()));
        }
        classes.forEach(ModuleGraphTest::read);
    }

    private static void read(String module, JavaClasses classes) {
        Set<String> used = USED.computeIfAbsent(module, unknown -> new TreeSet<>());
        Map<String, Set<String>> packages = PACKAGES.computeIfAbsent(module, unknown -> new TreeMap<>());
        for (JavaClass javaClass : classes) {
            Set<String> usedByPackage =
                    packages.computeIfAbsent(javaClass.getPackageName(), unknown -> new TreeSet<>());
            for (Dependency dependency : javaClass.getDirectDependenciesFromSelf()) {
                String target =
                        dependency.getTargetClass().getBaseComponentType().getPackageName();
                if (MODULES_OF_PACKAGES.containsKey(target) && !target.equals(javaClass.getPackageName())) {
                    usedByPackage.add(target);
                    used.addAll(MODULES_OF_PACKAGES.get(target));
                }
            }
        }
        used.remove(module);
    }

    @Test
    void aPackageLivesInOneModule() {
        assertThat(MODULES_OF_PACKAGES)
                .isNotEmpty()
                .allSatisfy((name, found) -> assertThat(found).hasSize(1));
    }

    @Test
    void aModuleDeclaresWhatItUses() {
        Map<String, String> names = new HashMap<>();
        modules.forEach(module -> names.put(module.artifact(), module.name()));
        assertThat(modules)
                .allSatisfy(module -> assertThat(module.needs())
                        .extracting(names::get)
                        .as("our own modules in the pom.xml of %s, and those that its classes use", module)
                        .containsExactlyInAnyOrderElementsOf(USED.get(module.name())));
    }

    /** In the order in which the build files list them, each stands on those before it. */
    @Test
    void modulesAreListedFromTheGroundUp() {
        Set<String> below = new TreeSet<>();
        for (Module module : modules) {
            assertThat(below).as(module.name()).containsAll(USED.get(module.name()));
            below.add(module.name());
        }
    }

    @Test
    void theDrawingIsThatOfTheClasses() throws IOException {
        String drawing = drawing();
        if (Boolean.getBoolean("tramontane.graph.write")) {
            Files.writeString(DRAWING, drawing);
        }
        assertThat(DRAWING).content().isEqualTo(drawing);
    }

    private static String drawing() {
        StringBuilder text = new StringBuilder("""
                # Modules and packages

                Read from the classes by `ModuleGraphTest`; do not edit. An arrow leads to what a module uses. Left out are
                arrows to what is reached through another one.

                ```mermaid
                graph TD
                """);
        for (Module module : modules) {
            for (String target : shortest(module.name())) {
                text.append("    ")
                        .append(module)
                        .append(" --> ")
                        .append(target)
                        .append('\n');
            }
        }
        text.append("```\n");
        PACKAGES.forEach((module, packages) -> {
            text.append("\n## ").append(module).append("\n\n| package | uses |\n|---|---|\n");
            packages.forEach((name, used) -> text.append("| `")
                    .append(brief(name))
                    .append("` | ")
                    .append(String.join(
                            ", ", used.stream().map(ModuleGraphTest::brief).toList()))
                    .append(" |\n"));
        });
        return text.toString();
    }

    private static String brief(String name) {
        return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    }

    /** What a module uses and does not reach through something else that it uses. */
    private static List<String> shortest(String module) {
        List<String> targets = new ArrayList<>(USED.get(module));
        targets.removeIf(target -> USED.get(module).stream()
                .anyMatch(other -> !other.equals(target) && reached(other).contains(target)));
        return targets;
    }

    private static Set<String> reached(String module) {
        Set<String> reached = new TreeSet<>(USED.get(module));
        USED.get(module).forEach(target -> reached.addAll(reached(target)));
        return reached;
    }
}
