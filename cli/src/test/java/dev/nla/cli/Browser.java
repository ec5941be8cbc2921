package dev.nla.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A Chromium without a window, steered through its driver. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Where pictures of the page go, for people to look at. */
    private static final Path PICTURES = Path.of("target", "page");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts the browser; the test is skipped, under every profile, where the machine has none. */
    static Browser installed() {
        Optional<Path> chromium = onPath("chromium", "chromium-browser", "google-chrome");
        Optional<Path> steering = onPath("chromedriver");
        Assumptions.assumeTrue(
                chromium.isPresent() && steering.isPresent(),
                "skipped: needs chromium and chromedriver on PATH, see docs/how-to/prove-parity.md");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.get().toString());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,1300");
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(steering.get().toFile())
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    private static Optional<Path> onPath(String... names) {
        List<Path> folders = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        return Arrays.stream(names)
                .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Goes to an address, in a window as wide as at the start and in light colours. */
    void open(String address) {
        devTools("Emulation.clearDeviceMetricsOverride", Map.of());
        dark(false);
        driver.get(address);
    }

    /** Shows pages as a telephone of this many points does. */
    void telephone(int width, int height) {
        devTools(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 2, "mobile", true));
    }

    /** Whether the user is said to prefer dark colours. */
    void dark(boolean preferred) {
        Map<String, String> feature = Map.of("name", "prefers-color-scheme", "value", preferred ? "dark" : "light");
        devTools("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
    }

    private void devTools(String command, Map<String, Object> parameters) {
        driver.executeCdpCommand(command, parameters);
    }

    /** The first element that a selector finds. */
    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /** All elements that a selector finds. */
    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** The element that has the focus. */
    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    /** Mouse and keys. */
    Actions actions() {
        return new Actions(driver);
    }

    /** The value of a function's body in the page. */
    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Waits until something holds; elements that are replaced meanwhile are looked up again. */
    void until(String what, BooleanSupplier holds) {
        new WebDriverWait(driver, PATIENCE)
                .ignoring(StaleElementReferenceException.class, JavascriptException.class)
                .withMessage(what)
                .until(ignored -> holds.getAsBoolean());
    }

    /** What the browser noted since the last time: {@code performance} for requests, {@code browser} for the console. */
    List<String> log(String type) {
        return StreamSupport.stream(driver.manage().logs().get(type).spliterator(), false)
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }

    /** Keeps a picture of what is to be seen. */
    void picture(String name) throws IOException {
        Files.createDirectories(PICTURES);
        Files.write(PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
