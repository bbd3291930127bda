package io.jitapproval.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("the report of the feedback loop in a real browser")
class FeedbackReportBrowserTest {

    private static final int DESK = 1280;
    private static final int PHONE = 320;
    private static final long LARGEST_PICTURE = 250_000;
    private static final int PICTURE_WIDTH = 1200;
    private static final int PICTURE_HEIGHT = 1430;

    @TempDir
    static Path directory;

    private static Browser browser;
    private static String rich;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        browser = Browser.start(directory);
        rich = Reports.rich().html();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    private record Look(String name, int width, boolean isDark) {}

    @TestFactory
    @DisplayName("says nothing, asks for nothing, fits, and axe finds nothing: light and dark, desk and phone")
    Stream<DynamicTest> clean() {
        String nothing = Reports.nothing().html();
        return Stream.of(
                        new Look("light, desk", DESK, false),
                        new Look("dark, desk", DESK, true),
                        new Look("light, phone", PHONE, false),
                        new Look("dark, phone", PHONE, true))
                .flatMap(look -> Stream.of(
                        DynamicTest.dynamicTest("rich, " + look.name(), () -> check(rich, look)),
                        DynamicTest.dynamicTest("no suggestion, " + look.name(), () -> check(nothing, look))));
    }

    private static void check(String html, Look look) throws IOException {
        browser.look(look.width(), look.isDark());
        assertThat(browser.open(html)).isEmpty();
        assertThat(browser.overflow()).isNotPositive();
        // Folded parts are read, too.
        browser.number(
                "const all = document.querySelectorAll('details'); all.forEach(one => one.open = true); return all.length");
        assertThat(browser.overflow()).isNotPositive();
        assertThat(browser.axe()).isEmpty();
    }

    @Test
    @DisplayName("text of the record stays text, whatever it says and however long it is")
    void hostile() throws IOException {
        browser.look(PHONE, false);
        assertThat(browser.open(Reports.hostile().html())).isEmpty();
        assertThat(browser.overflow()).isNotPositive();
        assertThat(browser.number("return document.pwned || 0")).isZero();
        assertThat(browser.number("return document.querySelectorAll('script, img, b, [style], [onerror]').length"))
                .isZero();
        assertThat(browser.text("return document.body.textContent"))
                .contains("</style></title><script>document.pwned=1</script>")
                .contains("⟨U+202E⟩evil⟨U+202C⟩")
                .contains("⟨U+0007⟩⟨U+001B⟩[31m")
                .contains("⟨cut: 100")
                .doesNotContainPattern("[\\p{Cf}\\p{Cc}&&[^\\n]]");
        assertThat(browser.axe()).isEmpty();
    }

    @Test
    @DisplayName("100 suggestions and 500 findings, and thousands of rows, are still one calm page")
    void large() throws IOException {
        for (String html : List.of(Reports.large().html(), Reports.endless().html())) {
            browser.look(PHONE, true);
            assertThat(browser.open(html)).isEmpty();
            assertThat(browser.overflow()).isNotPositive();
        }
    }

    @Test
    @DisplayName(
            "broken twins: a script and a style that got in are blocked by the page's policy, and the check sees it")
    void policyBlocks() throws IOException {
        browser.look(DESK, false);
        assertThat(browser.open(rich.replace("<main", "<script>document.pwned=1</script><main")))
                .anyMatch(fault -> fault.contains("Content Security Policy"));
        assertThat(browser.number("return document.pwned || 0")).isZero();
        assertThat(browser.open(rich.replace("<main", "<main style=\"color:red\"")))
                .anyMatch(fault -> fault.contains("Content Security Policy"));
        assertThat(browser.text("return getComputedStyle(document.querySelector('main')).color"))
                .isNotEqualTo("rgb(255, 0, 0)");
        assertThat(browser.open(rich.replace("<main", "<img src=\"http://127.0.0.1:9/x.png\" alt=\"x\"><main")))
                .anyMatch(fault -> fault.contains("Content Security Policy"));
        assertThat(browser.open(rich.replace("--page: #f7f6f3", "--page: #f7f6f4")))
                .as("another style sheet than the one whose digest is given")
                .anyMatch(fault -> fault.contains("Content Security Policy"));
    }

    @Test
    @DisplayName("broken twins: the checks see a request, a page too wide, and what axe should find")
    void checksSee() throws IOException {
        browser.look(PHONE, false);
        String open = rich.replaceFirst("<meta http-equiv[^>]*>", "");
        assertThat(browser.open(open.replace("<main", "<img src=\"http://127.0.0.1:9/x.png\" alt=\"x\"><main")))
                .anyMatch(fault -> fault.equals("request: http://127.0.0.1:9/x.png"));
        browser.open(open.replace("<main", "<div style=\"width:900px\">wide</div><main"));
        assertThat(browser.overflow()).isPositive();
        browser.open(open.replace("--text: #1d2126", "--text: #b9b9b9").replace("lang=\"en\"", ""));
        assertThat(browser.axe())
                .anyMatch(found -> found.startsWith("color-contrast"))
                .anyMatch(found -> found.startsWith("html-has-lang"));
    }

    @Test
    @DisplayName("a missing browser is told, never passed over")
    void missing() {
        assertThat(Programs.find(List.of("no-such-browser"), directory.toString()))
                .isNull();
        assertThat(Programs.missing(List.of("chromium"), "CHROME"))
                .contains("apt-get install chromium chromium-driver");
    }

    @Test
    @DisplayName("the picture for the README is small enough; -Dscreenshot=write writes it")
    void picture() throws IOException {
        browser.look(PICTURE_WIDTH, false);
        assertThat(browser.open(rich)).isEmpty();
        byte[] picture = browser.picture(PICTURE_WIDTH, 0, PICTURE_HEIGHT);
        assertThat(picture.length).isBetween(10_000, (int) LARGEST_PICTURE);
        if ("write".equals(System.getProperty("screenshot"))) {
            Path file = Path.of("../docs/images/feedback-report.png");
            Files.createDirectories(file.getParent());
            Files.write(file, picture);
        }
    }
}
