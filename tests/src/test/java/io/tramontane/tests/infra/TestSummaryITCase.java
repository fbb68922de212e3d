package io.tramontane.tests.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last lines of the test command: what was skipped is named, and in CI nothing is that is not listed. */
class TestSummaryITCase {

    private static final String ASSUMPTION = "<skipped type=\"org.opentest4j.TestAbortedException\"><![CDATA["
            + "org.opentest4j.TestAbortedException: Assumption failed: this machine has no browser\n"
            + "\tat org.junit.jupiter.api.Assumptions.throwAssumptionFailed(Assumptions.java:340)\n]]></skipped>";
    private static final String CONDITION = "<skipped message=\"Property [a] &lt;is&gt; not &quot;b&quot;\"/>";

    @TempDir
    private Path checkout;

    private record Summary(int status, List<String> lines) {

        String last() {
            return lines.get(lines.size() - 1);
        }
    }

    @BeforeEach
    void runTwoModules() throws IOException {
        report("jobs", "surefire", "a.PageTest", 1, test("a.PageTest", "opens", ASSUMPTION) + passed("a.PageTest"));
        report("jobs/kernel", "failsafe", "a.JobITCase", 0, passed("a.JobITCase"));
    }

    @Test
    void whatIsSkippedIsCountedAndNamedWithItsReason() throws Exception {
        list("");

        Summary summary = summarise(false);

        assertThat(summary.status()).isZero();
        assertThat(summary.lines())
                .contains("skipped: PageTest#opens: this machine has no browser")
                .anyMatch(line -> line.matches("jobs/kernel +1 +0 +0 +0"));
        assertThat(summary.last()).isEqualTo("2 passed, 0 failed, 1 skipped");
    }

    @Test
    void inCiItFailsTheRun() throws Exception {
        list("# a comment\n\nJobITCase#other  not there, in a part of the tests\n");

        Summary summary = summarise(true, "--part");

        assertThat(summary.status()).isEqualTo(1);
        assertThat(summary.lines())
                .filteredOn(line -> line.startsWith("ERROR"))
                .containsExactly(
                        "ERROR: skipped and not in tests/skipped-in-ci.txt: PageTest#opens: this machine has no"
                                + " browser");
        assertThat(summary.last()).isEqualTo("2 passed, 0 failed, 1 skipped");
    }

    @Test
    void whatIsListedMayBeSkipped() throws Exception {
        report(
                "tests",
                "failsafe",
                "a.b.SizesITCase",
                2,
                test("a.b.SizesITCase", "fits(Size)[1]", CONDITION)
                        + test("a.b.SizesITCase", "fits(Size)[2]", CONDITION));
        list("PageTest  as a class\nSizesITCase#fits  whatever its parameters\n");

        Summary summary = summarise(true);

        assertThat(summary.status()).as("%s", summary).isZero();
        assertThat(summary.lines())
                .contains(
                        "skipped: PageTest#opens: this machine has no browser",
                        "skipped: SizesITCase#fits(Size)[1]: Property [a] <is> not \"b\"",
                        "skipped: SizesITCase#fits(Size)[2]: Property [a] <is> not \"b\"")
                .noneMatch(line -> line.startsWith("ERROR"));
        assertThat(summary.last()).isEqualTo("2 passed, 0 failed, 3 skipped");
    }

    @Test
    void whatIsListedMustBeSkipped() throws Exception {
        list("PageTest#opens  in the way\nPageTest#runs  passes\nJobITCase  passes too\nGoneTest#ever  was renamed\n");

        assertThat(errors(summarise(true)))
                .containsExactly(
                        "ERROR: tests/skipped-in-ci.txt names PageTest#runs, which was not skipped",
                        "ERROR: tests/skipped-in-ci.txt names JobITCase, which was not skipped",
                        "ERROR: tests/skipped-in-ci.txt names GoneTest#ever, which was not there");
        assertThat(errors(summarise(true, "--part"))).hasSize(2);

        Summary elsewhere = summarise(false);
        assertThat(elsewhere.status()).isZero();
        assertThat(elsewhere.lines())
                .contains("note: tests/skipped-in-ci.txt names PageTest#runs, which was not skipped");
    }

    @Test
    void whatIsListedAsAQuestionMayRun() throws Exception {
        list("? PageTest#opens  where there is a browser\n? PageTest#runs  where there is none\n");
        assertThat(summarise(true).status()).isZero();

        list("? PageTest#opens  where there is a browser\n? GoneTest  was renamed\n");
        assertThat(errors(summarise(true)))
                .containsExactly("ERROR: tests/skipped-in-ci.txt names GoneTest, which was not there");
    }

    @Test
    void aLineOfTheListHasAReason() throws Exception {
        list("PageTest#opens\n");

        assertThat(errors(summarise(true)))
                .containsExactly("ERROR: tests/skipped-in-ci.txt gives no reason for PageTest#opens");
    }

    @Test
    void whatATestPrintsIsNoReport() throws Exception {
        String printed = "<system-out><![CDATA[<testcase name=\"no\" classname=\"NoTest\">\n"
                + "<testsuite name=\"no\" tests=\"9\">\n<skipped message=\"no\"/>\n]]]]><![CDATA[>\n"
                + "<skipped message=\"no\"/>\n]]></system-out>";
        report("tests", "failsafe", "a.LoudITCase", 0, passed("a.LoudITCase") + printed);
        list("PageTest#opens  no browser\n");

        Summary summary = summarise(true);

        assertThat(summary.status()).as("%s", summary).isZero();
        assertThat(summary.last()).isEqualTo("3 passed, 0 failed, 1 skipped");
    }

    private static List<String> errors(Summary summary) {
        assertThat(summary.status()).isEqualTo(1);
        return summary.lines().stream().filter(line -> line.startsWith("ERROR")).toList();
    }

    private static String test(String type, String name, String outcome) {
        return "  <testcase name=\"" + name + "\" classname=\"" + type + "\" time=\"0.1\">\n    " + outcome
                + "\n  </testcase>\n";
    }

    private static String passed(String type) {
        return "  <testcase name=\"runs\" classname=\"" + type + "\" time=\"0.1\"/>\n";
    }

    /** As Maven writes it. */
    private void report(String module, String plugin, String type, int skipped, String tests) throws IOException {
        Path folder = Files.createDirectories(checkout.resolve(module + "/target/" + plugin + "-reports"));
        int count = tests.split("<testcase [^>]*a\\.").length - 1;
        Files.writeString(
                folder.resolve("TEST-" + type + ".xml"),
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"" + type + "\" time=\"1\" tests=\""
                        + count + "\" errors=\"0\" skipped=\"" + skipped + "\" failures=\"0\">\n" + tests
                        + "</testsuite>\n");
    }

    private void list(String lines) throws IOException {
        Files.createDirectories(checkout.resolve("tests"));
        Files.writeString(checkout.resolve("tests/skipped-in-ci.txt"), lines);
    }

    private Summary summarise(boolean ci, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Manifests.INFRA.resolve("summarise-tests").toString()));
        command.addAll(List.of(options));
        command.add(checkout.toString());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CI", Boolean.toString(ci));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Summary(process.waitFor(), output.lines().toList());
    }
}
