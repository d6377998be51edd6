// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a window. */
final class Browser implements AutoCloseable {

  // Kept, or the level that is set on it would be forgotten.
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** The browser, if both it and its driver are installed. */
  static Optional<Path> installed() {
    return onPath("chromedriver").isEmpty()
        ? Optional.empty()
        : onPath("chromium").or(() -> onPath("google-chrome"));
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Browser start() {
    // It looks for a protocol of the browser's version, finds that of another, and says so.
    SELENIUM.setLevel(Level.SEVERE);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(installed().orElseThrow().toFile());
    options.setCapability("goog:loggingPrefs", logs);
    // Without a sandbox, since tests may run as root, and read their own pages only.
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars");
    options.addArguments("--disable-background-networking", "--no-first-run");
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(onPath("chromedriver").orElseThrow().toFile())
            .usingAnyFreePort()
            .build();
    return new Browser(new ChromeDriver(service, options));
  }

  ChromeDriver driver() {
    return driver;
  }

  void open(Path page) {
    driver.get(page.toUri().toString());
  }

  Object script(String code, Object... arguments) {
    return driver.executeScript(code, arguments);
  }

  /** What the page wrote to the console, errors among them, since the last call. */
  List<String> console() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::toString)
        .toList();
  }

  /** What was asked for over any network, and of files, since the last call. */
  List<String> requests() {
    return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
        .map(LogEntry::getMessage)
        .filter(message -> message.contains("\"Network.requestWillBeSent\""))
        .map(message -> message.replaceAll("(?s).*?\"request\":\\{.*?\"url\":\"([^\"]*)\".*", "$1"))
        .filter(url -> !url.startsWith("data:"))
        .toList();
  }

  void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
  }

  void scheme(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  void scripts(boolean allowed) {
    driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !allowed));
  }

  /** Waits for what the browser does with its next frame. */
  void until(String what, BooleanSupplier done) {
    for (int look = 0; !done.getAsBoolean(); look++) {
      assertThat(look).as(what).isLessThan(500);
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** The page from top to bottom, kept beside the other results of tests for people to look at. */
  void picture(String name) {
    Object height = script("return document.documentElement.scrollHeight");
    Object width = script("return document.documentElement.clientWidth");
    size(((Number) width).intValue(), ((Number) height).intValue());
    keep(name + ".png", driver.getScreenshotAs(OutputType.BYTES));
  }

  /** The page on paper. */
  byte[] print(String name) {
    Map<String, Object> printed =
        driver.executeCdpCommand("Page.printToPDF", Map.of("printBackground", false));
    byte[] pdf = Base64.getDecoder().decode((String) printed.get("data"));
    keep(name + ".pdf", pdf);
    return pdf;
  }

  private static void keep(String name, byte[] content) {
    try {
      Path folder = Files.createDirectories(Path.of("target", "report-pictures"));
      Files.write(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
