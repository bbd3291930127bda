package io.jitapproval.browser;

import com.deque.html.axecore.results.Results;
import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.json.Json;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a window, which tells all that it says and asks for. */
final class Browser implements AutoCloseable {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> INSTALL =
            List.of("apt-get", "install", "-y", "--no-install-recommends", "chromium", "chromium-driver");

    /** Held, so that it stays quiet: we use no version of the protocol in particular. */
    private static final Logger PROTOCOL = Logger.getLogger("org.openqa.selenium.devtools");

    private final ChromeDriver driver;
    private final Path directory;

    private Browser(ChromeDriver driver, Path directory) {
        this.driver = driver;
        this.directory = directory;
    }

    static Browser start(Path directory) throws IOException, InterruptedException {
        if (Programs.find(NAMES, "CHROME") == null || Programs.find(List.of("chromedriver"), "CHROMEDRIVER") == null) {
            Programs.install(INSTALL);
        }
        File chrome = Programs.require(NAMES, "CHROME");
        File chromedriver = Programs.require(List.of("chromedriver"), "CHROMEDRIVER");
        PROTOCOL.setLevel(Level.SEVERE);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chrome);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--user-data-dir=" + directory.resolve("profile"));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver)
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options), directory);
    }

    /** As wide as a desk's or a phone's screen, light or dark. */
    void look(int width, boolean isDark) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "media",
                        "screen",
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", isDark ? "dark" : "light"))));
    }

    /** Opens a page and says what it should not have done: each message on the console, each request besides itself. */
    List<String> open(String html) throws IOException {
        Path file = Files.writeString(directory.resolve("report.html"), html);
        logs(LogType.PERFORMANCE);
        logs(LogType.BROWSER);
        driver.get(file.toUri().toString());
        List<String> faults = new ArrayList<>();
        for (LogEntry entry : logs(LogType.BROWSER)) {
            faults.add("console: " + entry.getMessage());
        }
        for (LogEntry entry : logs(LogType.PERFORMANCE)) {
            String url = requested(entry.getMessage());
            if (!url.isEmpty() && !url.equals(file.toUri().toString()) && !url.startsWith("data:")) {
                faults.add("request: " + url);
            }
        }
        return faults;
    }

    private List<LogEntry> logs(String type) {
        return driver.manage().logs().get(type).getAll();
    }

    /** The address that an entry asks for; blank if it tells something else. */
    private static String requested(String entry) {
        Map<?, ?> message = map(map(new Json().toType(entry, Json.MAP_TYPE)).get("message"));
        return "Network.requestWillBeSent".equals(message.get("method"))
                ? String.valueOf(map(map(message.get("params")).get("request")).get("url"))
                : "";
    }

    private static Map<?, ?> map(Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    /** What axe finds against WCAG and good habit. */
    List<String> axe() {
        Results results = new AxeBuilder().analyze(driver);
        List<String> found = new ArrayList<>();
        for (Rule rule : results.getViolations()) {
            found.add(rule.getId() + ": "
                    + rule.getNodes().stream()
                            .map(node -> node.getHtml())
                            .limit(3)
                            .toList());
        }
        return found;
    }

    /** By how many pixels the page is wider than the screen. */
    long overflow() {
        return number("return document.documentElement.scrollWidth - window.innerWidth");
    }

    long number(String script) {
        return (Long) driver.executeScript(script);
    }

    String text(String script) {
        return (String) driver.executeScript(script);
    }

    /** A picture of a part of the page, from so many pixels below its top. */
    byte[] picture(int width, long from, long height) {
        Object data = driver.executeCdpCommand(
                        "Page.captureScreenshot",
                        Map.of(
                                "format",
                                "png",
                                "captureBeyondViewport",
                                true,
                                "clip",
                                Map.of("x", 0, "y", from, "width", width, "height", height, "scale", 1)))
                .get("data");
        return Base64.getDecoder().decode(String.valueOf(data));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
