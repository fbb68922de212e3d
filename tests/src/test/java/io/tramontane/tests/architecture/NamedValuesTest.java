package io.tramontane.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.tramontane.schemas.Completion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** In a long row of arguments nobody sees that two were exchanged: what has many values is made with their names. */
class NamedValuesTest {

    private static final int MOST_FIELDS = 8;
    private static final int MOST_COMPONENTS = 10;

    /** Of the program and its tests. */
    private static JavaClasses all;

    @BeforeAll
    static void readAllClasses() throws IOException {
        List<Path> folders = new ArrayList<>(List.of(Path.of("target/test-classes")));
        for (Modules.Module module : Modules.all()) {
            folders.add(module.folder().resolve("target/classes"));
            folders.add(module.folder().resolve("target/test-classes"));
        }
        folders.removeIf(folder -> !Files.isDirectory(folder));
        all = new ClassFileImporter().importPaths(folders);
    }

    @Test
    void theTestsAreRead() {
        assertThat(all.contain(Completion.class)).isTrue();
        assertThat(all.contain("io.tramontane.schemas.Samples")).isTrue();
    }

    @Test
    void recordsOfTopicsAreBuilt() {
        noClasses()
                .should()
                .callConstructorWhere(isMadeFromARow(SpecificRecord.class, MOST_FIELDS))
                .because("newBuilder() of the generated class names each field")
                .check(all);
    }

    /** A record may be made by a method of its own, which stands below its components. */
    @Test
    void noLongRowOfArgumentsIsWritten() {
        noClasses()
                .should()
                .callConstructorWhere(isMadeFromARow(Object.class, MOST_COMPONENTS))
                .because("a builder or smaller records name what each is")
                .check(all);
    }

    private static DescribedPredicate<JavaConstructorCall> isMadeFromARow(Class<?> kind, int most) {
        return DescribedPredicate.describe(
                "a " + kind.getSimpleName() + " is made from more than " + most + " arguments in a row",
                call -> call.getTargetOwner().isAssignableTo(kind)
                        && call.getTarget().getRawParameterTypes().size() > most
                        && !outermost(call.getOriginOwner()).equals(outermost(call.getTargetOwner())));
    }

    private static JavaClass outermost(JavaClass javaClass) {
        return javaClass.getEnclosingClass().map(NamedValuesTest::outermost).orElse(javaClass);
    }
}
