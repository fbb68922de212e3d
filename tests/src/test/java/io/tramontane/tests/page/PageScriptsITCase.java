package io.tramontane.tests.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.tramontane.jobs.page.report.Chart;
import io.tramontane.jobs.page.report.PageDocument;
import io.tramontane.jobs.page.web.PageFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The logic of the page's scripts, each in an empty page with no more of the others than it needs. The tests are
 * written in JavaScript ({@code src/test/resources}) and run in the browser that the page is made for.
 */
class PageScriptsITCase {

    private static final String COMPILER = "/META-INF/resources/webjars/typescript/5.9.3/lib/";

    /** Those in the page's markup, without the library that draws the curves. */
    private static final Pattern OWN_SCRIPT = Pattern.compile("<script src=\"([a-z]+\\.js)\">");

    private static final String FRAMEWORK = """
            'use strict';
            const tests = [];
            const test = (name, body) => tests.push({ name, body });
            const equal = (actual, expected) => {
              const [is, ought] = [actual, expected].map(value => JSON.stringify(value));
              if (is !== ought) throw new Error(`expected ${ought}, not ${is}`);
            };
            """;

    private static final String REPORT = """
            <script type="application/json" id="frozen">{"steps": {"steps": []}, "heldOut": [], "groups": [
              {"groupId": "r/a", "step": 1, "language": "en", "fate": "TRAINABLE", "rewardMean": 0.5, "problem": "How many?",
                "completions": [{"text": "seven", "marks": ["RIGHT"]}, {"text": "eight", "marks": ["WRONG"]}]},
              {"groupId": "r/b", "step": 2, "language": "fr", "fate": "TRAINABLE", "rewardMean": 1, "problem": "Combien ?",
                "completions": [{"text": "sept", "marks": ["RIGHT", "TRUNCATED"]}]},
              {"groupId": "r/c", "step": 0, "language": "en", "fate": "STALE", "rewardMean": 0, "problem": "Why?",
                "completions": [{"text": "because", "marks": []}]}]}
            </script>
            """;

    private static Chromium chromium;

    @BeforeAll
    static void startChromium() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void closeChromium() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void aCompilerFindsNothingWrong() throws IOException {
        List<String> scripts = OWN_SCRIPT
                .matcher(PageFiles.shell() + PageFiles.text("document.html"))
                .results()
                .map(script -> "/" + script.group(1))
                .distinct()
                .toList();
        assertThat(complaints(scripts, Map.of())).isEmpty();
    }

    @Test
    void theCompilerFindsWhatIsWrong() throws IOException {
        String wrong = """
                'use strict';
                const tramontane = {};
                (() => {
                  const { number } = tramontane;
                  tramontane.mean = () => number(missingName, document.body.adress);
                  return;
                  tramontane.mean();
                })();
                """;
        assertThat(complaints(List.of("/wrong.js"), Map.of("/wrong.js", wrong)))
                .containsExactlyInAnyOrder(
                        "wrong.js:4: tramontane.number is not defined",
                        "wrong.js:5: Cannot find name 'missingName'.",
                        "wrong.js:5: Property 'adress' does not exist on type 'HTMLElement'.",
                        "wrong.js:7: Unreachable code detected.");
    }

    /** What the compiler says of scripts, each a file of the page unless it is given here. */
    private static List<String> complaints(List<String> scripts, Map<String, String> given) throws IOException {
        try (BrowserContext context = chromium.browser().newContext()) {
            Page page = context.newPage();
            page.route("**", route -> {
                String path = URI.create(route.request().url()).getPath();
                String text = given.containsKey(path) ? given.get(path) : served(path.substring(1));
                route.fulfill(new Route.FulfillOptions()
                        .setContentType(path.equals("/") ? "text/html" : "text/plain; charset=utf-8")
                        .setBody(text));
            });
            page.navigate("http://scripts.test/");
            page.addScriptTag(new Page.AddScriptTagOptions().setContent(compiler("typescript.js")));
            page.addScriptTag(new Page.AddScriptTagOptions().setContent(resource("check.js")));
            return ((List<?>) page.evaluate("names => check(names)", scripts))
                    .stream().map(Object::toString).toList();
        }
    }

    private static String served(String name) {
        if (name.isEmpty()) {
            return "<!doctype html>";
        }
        return name.startsWith("lib.") ? compiler(name) : PageFiles.text(name);
    }

    private static String compiler(String name) {
        try (InputStream stream = PageScriptsITCase.class.getResourceAsStream(COMPILER + name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> numbers() throws IOException {
        return tests("numbers.js", "", "numbers.js");
    }

    @TestFactory
    Stream<DynamicTest> report() throws IOException {
        return tests("report.js", REPORT, "numbers.js", "dom.js", "data.js");
    }

    @TestFactory
    Stream<DynamicTest> curves() throws IOException {
        String body = "<p id='no-steps'></p><div id='curves'></div>";
        return tests("curves.js", body, "uPlot.iife.min.js", "numbers.js", "dom.js", "plot.js", "curves.js");
    }

    @TestFactory
    Stream<DynamicTest> diagram() throws IOException {
        String body = "<div id='diagram'></div><div id='diagram-table'></div><div id='finding-body'></div>"
                + "<p id='announcement'></p>";
        return tests("diagram.js", body, "numbers.js", "dom.js", "diagram.js");
    }

    @Test
    void aDocumentShowsWhatItIsGivenAsText(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("document.html");
        Chart chart = new Chart(
                "Reward",
                "mean",
                2,
                List.of(new Chart.Point(1, 0.5), new Chart.Point(2, 1.5)),
                List.of(new Chart.Point(1, 0.25), new Chart.Point(3, 0.25)),
                "second",
                List.of(new Chart.Mark(2.5, "a fault")));
        Files.writeString(
                file,
                new PageDocument("A <i>title</i>")
                        .heading("Heading")
                        .paragraph("</script><script>alert(1)</script>")
                        .preformatted("a\n  b \ud800 \u0000")
                        .table(List.of("name", "value"), List.of(List.of("<b>", "1")))
                        .charts(List.of(chart))
                        .html());
        List<String> complaints = new ArrayList<>();
        try (BrowserContext context = chromium.browser().newContext()) {
            Page page = context.newPage();
            page.onPageError(complaints::add);
            page.onConsoleMessage(message -> complaints.add(message.text()));

            page.navigate(file.toUri().toString());

            assertThat(page.title()).isEqualTo("Tramontane: A <i>title</i>");
            assertThat(page.locator("h1").textContent()).isEqualTo("A <i>title</i>");
            assertThat(page.locator("main > p").textContent()).isEqualTo("</script><script>alert(1)</script>");
            assertThat(page.locator("main > pre").textContent()).startsWith("a\n  b");
            assertThat(page.locator("main > .scroll tbody th").textContent()).isEqualTo("<b>");
            assertThat(page.locator("figure output").textContent()).isEqualTo("1.00");
            assertThat(page.locator("figure canvas").count()).isEqualTo(1);
            page.locator("figure .u-over").hover();
            assertThat(page.locator("figure output").textContent()).isEqualTo("second 2: 1.50 · a fault");
            page.locator("figure summary").click();
            page.locator("figure tbody tr").first().waitFor();
            assertThat(page.locator("figure tbody tr").first().textContent()).isEqualTo("21.50");
        }
        assertThat(complaints).isEmpty();
    }

    private static Stream<DynamicTest> tests(String name, String body, String... scripts) throws IOException {
        Page page = chromium.browser().newPage();
        List<String> complaints = new ArrayList<>();
        page.onPageError(complaints::add);
        page.setContent("<!doctype html><body>" + body + "</body>");
        for (String script : scripts) {
            page.addScriptTag(new Page.AddScriptTagOptions().setContent(PageFiles.text(script)));
        }
        page.addScriptTag(new Page.AddScriptTagOptions().setContent(FRAMEWORK));
        page.addScriptTag(new Page.AddScriptTagOptions().setContent(resource("tests/" + name)));
        List<?> names = (List<?>) page.evaluate("tests.map(test => test.name)");
        assertThat(complaints).isEmpty();
        assertThat(names).isNotEmpty();
        return IntStream.range(0, names.size())
                .mapToObj(index -> dynamicTest(
                        names.get(index).toString(), () -> page.evaluate("index => tests[index].body()", index)));
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = PageScriptsITCase.class.getResourceAsStream("scripts/" + name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
