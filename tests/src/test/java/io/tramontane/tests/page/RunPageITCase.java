package io.tramontane.tests.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.tramontane.jobs.page.dashboard.Dashboard;
import io.tramontane.jobs.page.report.HtmlReport;
import io.tramontane.kafka.testing.BrokerExtension;
import io.tramontane.kafka.testing.TestRun;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The page in a browser: what it shows, how it is used, and that nothing a model wrote becomes markup. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@ExtendWith(BrokerExtension.class)
class RunPageITCase {

    private static final String ATTACK =
            "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>" + "</pre></span><b>markup</b>";
    private static final String MIXED = "<think>Nous avons 3 + 4, dann 7.</think>\\boxed{7}";

    private static Chromium chromium;

    private Dashboard dashboard;
    private BrowserContext context;
    private Page page;
    private PageTopics topics;
    private final List<String> complaints = new ArrayList<>();

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

    @BeforeEach
    void openPage(TestRun run) {
        topics = new PageTopics(run.kafka(), run.runId());
        for (int step = 1; step <= 30; step++) {
            topics.step(step, "p" + step);
        }
        topics.group("p1", "one", "two", "three", "four");
        topics.group("p2", ATTACK, MIXED, "program crashed", "seven");
        context = chromium.browser().newContext();
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        dashboard = PageClient.serve(run.kafka(), run.runId());
        page.navigate(dashboard.address().toString());
    }

    @AfterEach
    void closePage() {
        context.close();
        dashboard.close();
        assertThat(complaints).isEmpty();
    }

    private Locator groups() {
        return page.locator("#groups button");
    }

    @Test
    void curvesGrowWithTheRun() {
        assertThat(page.locator("#tiles")).containsText("30 / 40");
        assertThat(page.locator("figure.chart").first()).isVisible();
        assertThat(page.locator("figure.chart canvas").first()).isVisible();
        assertThat(page.locator("#curves")).containsText("KL estimate");
        assertThat(page.locator("#curves")).containsText("aFigureOfTomorrow");

        topics.step(31, "p31");

        assertThat(page.locator("#tiles")).containsText("31 / 40");
        page.locator("figure.chart summary").first().click();
        assertThat(page.locator("figure.chart tbody tr").first()).containsText("31");
    }

    @Test
    void thePipelineIsDrawnAndItsBottleneckNamed() {
        topics.prompt("waiting");

        assertThat(page.locator(".cause")).hasAttribute("data-cause", "NO_GENERATOR");
        assertThat(page.locator(".node.bottleneck")).hasAttribute("data-part", "generators");
        assertThat(page.locator("#announcement")).containsText("No generator is asking for prompts");
        page.getByText("The pipeline as a table").click();
        assertThat(page.locator("#diagram-table")).containsText("Trainer");
    }

    @Test
    void completionsAreFilteredAndSearched() {
        assertThat(groups()).hasCount(2);
        page.getByLabel("crashed verifier").check();
        assertThat(page.locator("#list-state")).containsText("2 completions in 2 groups");
        page.locator("#step").fill("2");
        assertThat(groups()).hasCount(1);
        page.getByLabel("crashed verifier").uncheck();
        page.getByLabel("wrong language").check();
        page.locator("#text").fill("DANN 7");

        assertThat(page.locator("mark").first()).hasText("dann 7");
        assertThat(page.locator("article.sample").first()).containsText("wrong language");
        assertThat(page.locator("article.sample").first()).containsText("advantage −0.2");
        assertThat(page.locator("article.sample").first()).containsText("weights 6 (6 tokens)");
        assertThat(page.locator("article.sample").first()).containsText("recognised by letters");

        page.locator("#text").fill("nobody wrote this");
        assertThat(groups()).hasCount(0);
    }

    @Test
    void whatAModelWroteIsTextAndNothingElse() {
        page.locator("#step").fill("2");

        assertThat(page.locator("article.sample pre").first()).hasText(ATTACK);
        assertThat(page.locator("#group b:text-is('markup')")).hasCount(0);
        assertThat(page.locator("#group img")).hasCount(0);
        assertThat(page.evaluate("window.hacked")).isNull();
    }

    @Test
    void theKeyboardIsEnough() {
        assertThat(groups()).hasCount(2);
        groups().first().focus();
        page.keyboard().press("ArrowDown");

        assertThat(groups().nth(1)).isFocused();
        assertThat(groups().nth(1)).hasAttribute("aria-current", "true");
        page.reload();
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
    }

    @Test
    void everyControlHasANameAndThePageItsLandmarks() {
        assertThat(page.locator("h1, main, header.top, nav, #announcement[aria-live=polite]"))
                .hasCount(5);
        Object unnamed = page.evaluate("[...document.querySelectorAll('input, select, button')].filter(control =>"
                + " !control.labels?.length && !control.getAttribute('aria-label') && control.textContent.trim() === '')"
                + ".length");
        assertThat(unnamed).isEqualTo(0);
    }

    @Test
    void coloursFollowTheSystemUntilTheyAreChosen() {
        String light = background();
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        assertThat(background()).isNotEqualTo(light);

        page.locator("#theme").click();
        assertThat(page.locator("html")).hasAttribute("data-theme", "light");
        assertThat(background()).isEqualTo(light);
    }

    private String background() {
        return (String) page.evaluate("getComputedStyle(document.body).backgroundColor");
    }

    @Test
    void aReportIsThePageFrozen(@TempDir Path folder) throws IOException {
        Path run = Files.createDirectory(folder.resolve("finished"));
        Files.writeString(
                run.resolve("metrics.jsonl"),
                "{\"step\":1,\"elapsedSeconds\":2.0,\"rewardMean\":0.3}\n{\"step\":2,\"elapsedSeconds\":4.0,\"rewardMean\":0.9}\n");
        Files.writeString(
                run.resolve("rollouts.jsonl"),
                "{\"step\":1,\"groupId\":\"r/0/p\",\"language\":\"en\",\"problem\":\"How many?\",\"reference\":\"7\","
                        + "\"completion\":\"<img src=x onerror='window.hacked=1'></script>\",\"reward\":1.1,\"advantage\":0.5,"
                        + "\"components\":{\"correctness\":{\"value\":0.9,\"verdict\":\"CORRECT\",\"reason\":\"7 is 7\"}}}\n");

        page.navigate(HtmlReport.write(run).toUri().toString());

        assertThat(page).hasTitle("Tramontane: Run finished");
        assertThat(page.locator("#connection")).hasText("report");
        assertThat(page.locator("#tiles")).containsText("Reward");
        assertThat(page.locator("figure.chart canvas").first()).isVisible();
        assertThat(page.locator("article.sample pre")).containsText("<img src=x");
        assertThat(page.locator("#pipeline")).isHidden();
        assertThat(page.evaluate("window.hacked")).isNull();
        page.getByLabel(Pattern.compile("^right")).check();
        assertThat(groups()).hasCount(1);
    }

    @Test
    void aForeignNameIsRefusedAndScriptsComeFromHereAlone() throws IOException {
        assertThat(raw("GET /api/run HTTP/1.1\r\nHost: evil.example\r\n")).startsWith("HTTP/1.1 421");
        assertThat(raw("POST /api/run HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"))
                .startsWith("HTTP/1.1 405");
        assertThat(raw("GET /../page.css HTTP/1.1\r\nHost: localhost\r\n")).startsWith("HTTP/1.1 404");
        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\n"))
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("content-security-policy: default-src 'none'; script-src 'self';");
    }

    private String raw(String request) throws IOException {
        URI address = dashboard.address();
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream().write((request + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
