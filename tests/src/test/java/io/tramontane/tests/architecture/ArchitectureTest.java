package io.tramontane.tests.architecture;

import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.tramontane.jobs.data.rows.RowJson;
import io.tramontane.jobs.kernel.files.Json;
import io.tramontane.jobs.topology.Fork;
import io.tramontane.policy.files.PolicyFiles;
import io.tramontane.rewards.code.TestSuite;
import io.tramontane.rewards.math.real.BudgetExhaustedException;
import io.tramontane.rewards.math.real.UndefinedValueException;
import io.tramontane.rewards.math.syntax.SyntaxException;
import io.tramontane.schemas.failure.UserFailure;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What depends on what. */
class ArchitectureTest {

    private static final String FLINK = "org.apache.flink..";
    private static final String DJL = "ai.djl..";

    /** Operators and what surrounds them: attaching them to a job, naming them, moving their elements and state. */
    private static final Pattern FLINK_PARTS = Pattern.compile(
            ".*(Operator|OperatorFactory|Function|Wiring|Sink|Types|Serializer|Deserializer|Split|KeyedState|Metrics|Topics)"
                    + "|OperatorIdentity|SideOutputs|ScoredGroups");

    private static JavaClasses all;

    @BeforeAll
    static void readAllClasses() {
        all = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                // The fixtures of the Kafka module come to this module as a jar of tests.
                .withImportOption(location -> !location.contains("/test-classes/") && !location.contains("-tests.jar"))
                .importPackages("io.tramontane");
    }

    @Test
    void dependenciesPointOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("schemas")
                .definedBy("io.tramontane.schemas..")
                .layer("kafka")
                .definedBy("io.tramontane.kafka..")
                .layer("rewards")
                .definedBy("io.tramontane.rewards..")
                .layer("policy")
                .definedBy("io.tramontane.policy..")
                .layer("pipeline")
                .definedBy("io.tramontane.pipeline..")
                .layer("jobs")
                .definedBy("io.tramontane.jobs..")
                .whereLayer("schemas")
                .mayNotAccessAnyLayer()
                .whereLayer("kafka")
                .mayOnlyAccessLayers("schemas")
                .whereLayer("rewards")
                .mayOnlyAccessLayers("schemas")
                .whereLayer("policy")
                .mayOnlyAccessLayers("schemas")
                .whereLayer("pipeline")
                .mayOnlyAccessLayers("schemas", "kafka", "rewards", "policy")
                .whereLayer("jobs")
                .mayNotBeAccessedByAnyLayer()
                .check(all);
    }

    /** Every package counts, the root of a module and packages inside packages too. */
    @Test
    void packagesHaveNoCycles() {
        slices().assignedFrom(eachPackage()).should().beFreeOfCycles().check(all);
    }

    @Test
    void onlyThePipelineAndTheTopologiesKnowFlink() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.tramontane.schemas..",
                        "io.tramontane.kafka..",
                        "io.tramontane.rewards..",
                        "io.tramontane.policy..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(FLINK)
                .check(all);
    }

    @Test
    void onlyThePolicyKnowsDjl() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.tramontane.policy..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(DJL)
                .check(all);
    }

    @Test
    void algorithmsAreFreeOfFlink() {
        classes()
                .that()
                .resideInAPackage("io.tramontane.pipeline..")
                .and(dependOnFlink())
                .should(be(aShellAroundAnAlgorithm()))
                .because("an algorithm is plain Java, and what knows Flink says so by its name")
                .check(all);
    }

    /** What users implement against: with so little around it, a jar of theirs outlives changes of all else. */
    @Test
    void theObjectiveThatUsersImplementKnowsNothingElse() {
        classes()
                .that()
                .resideInAnyPackage("io.tramontane.policy.objective", "io.tramontane.schemas.plugin")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.tramontane.policy.objective", "io.tramontane.schemas..", "java..")
                .check(all);
    }

    /** Losses, advantages and corrections, and the kits that test them, run without an engine. */
    @Test
    void theObjectiveIsFreeOfTensors() {
        noClasses()
                .that()
                .resideInAPackage("io.tramontane.policy.objective..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        DJL,
                        "io.tramontane.policy",
                        "io.tramontane.policy.files..",
                        "io.tramontane.policy.generation..",
                        "io.tramontane.policy.module..",
                        "io.tramontane.policy.tokenizer..",
                        "io.tramontane.policy.training..")
                .check(all);
    }

    /** The others are caught where they are thrown, and only their reasons leave the package that catches them. */
    @Test
    void exceptionsAreWrittenForTheUser() {
        classes()
                .that()
                .areAssignableTo(Throwable.class)
                .and()
                // Each makes a verdict: the text is no expression, has no value, or takes too long to compare.
                .doNotBelongToAnyOf(
                        SyntaxException.class, UndefinedValueException.class, BudgetExhaustedException.class)
                .and()
                // Not public. It makes a version of the weights a skipped one.
                .doNotHaveFullyQualifiedName("io.tramontane.kafka.weights.WeightsUnavailableException")
                .should()
                .implement(UserFailure.class)
                .because("the message of any other exception is shown as unexpected")
                .check(all);
    }

    /** Benchmarks and campaigns are no part of what is shipped to a cluster, nor of what a run needs. */
    @Test
    void onlyTheCommandsKnowTheLab() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.tramontane.jobs.lab..", "io.tramontane.jobs.commands..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.tramontane.jobs.lab..")
                .check(all);
    }

    @Test
    void thePageNeverKnowsTheRunItShows() {
        noClasses()
                .that()
                .resideInAPackage("io.tramontane.jobs.page..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.tramontane.jobs.run..")
                .check(all);
    }

    /** A name without its package says what is meant. */
    @Test
    void aNameHasOneMeaning() {
        Map<String, Set<String>> packages = new TreeMap<>();
        all.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(javaClass -> !javaClass.getSimpleName().equals("package-info"))
                // The protocol, of which Avro makes an interface that nobody uses.
                .filter(javaClass -> !javaClass.isEquivalentTo(io.tramontane.schemas.Tramontane.class))
                .forEach(javaClass -> packages.computeIfAbsent(javaClass.getSimpleName(), unknown -> new TreeSet<>())
                        .add(javaClass.getPackageName()));
        assertThat(packages).hasSizeGreaterThan(500);
        packages.values().removeIf(places -> places.size() == 1);
        assertThat(packages).isEmpty();
    }

    /** An object mapper is safe for all threads and dear to make: each module has one, each other configuration too. */
    @Test
    void jsonIsConfiguredInOnePlace() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(
                        Json.class,
                        // Rows of datasets: texts of any length, numbers digit by digit, what Python takes for JSON.
                        RowJson.class,
                        // May not use the kernel.
                        Fork.class,
                        PolicyFiles.class,
                        TestSuite.class)
                .should()
                .callCodeUnitWhere(DescribedPredicate.describe(
                        "makes an object mapper",
                        call -> call.getTargetOwner().isAssignableTo(ObjectMapper.class)
                                && (call.getName().equals("<init>")
                                        || call.getName().equals("builder"))))
                .check(all);
    }

    @Test
    void nothingIsPackagedByKind() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..impl..", "..model..", "..models..", "..common..")
                .check(all);
    }

    private static SliceAssignment eachPackage() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                return SliceIdentifier.of(javaClass.getPackageName());
            }

            @Override
            public String getDescription() {
                return "packages";
            }
        };
    }

    private static DescribedPredicate<JavaClass> dependOnFlink() {
        return DescribedPredicate.describe(
                "depend on Flink",
                javaClass -> javaClass.getDirectDependenciesFromSelf().stream()
                        .anyMatch(dependency ->
                                dependency.getTargetClass().getPackageName().startsWith("org.apache.flink")));
    }

    /** By the name of the outermost class. */
    private static DescribedPredicate<JavaClass> aShellAroundAnAlgorithm() {
        return DescribedPredicate.describe(
                "named as a part of Flink",
                javaClass -> FLINK_PARTS
                        .matcher(outermost(javaClass).getSimpleName())
                        .matches());
    }

    private static JavaClass outermost(JavaClass javaClass) {
        return javaClass.getEnclosingClass().map(ArchitectureTest::outermost).orElse(javaClass);
    }
}
