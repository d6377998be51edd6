package dev.lanewise.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.DrawnCats;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.model.Evaluation;
import dev.lanewise.model.Predictions;
import dev.lanewise.report.metric.ThresholdCounts;
import dev.lanewise.train.TrainingResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The page in a real browser: Chromium, where it and its driver are on the path. */
class BrowserTest {

  private static final String HOSTILE_NAME =
      "</script><script>window.hurt=1</script><img src=x onerror=window.hurt=2><!--";
  private static final String HOSTILE_FILE = "a\u2028b\"'&<b>]]>${7*7}.h5";

  @TempDir private static Path folder;
  private static Browser browser;
  private static Path cats;
  private static Path hostile;
  private static ThresholdCounts testCounts;
  private static Evaluation testEvaluation;

  @BeforeAll
  static void writePagesAndStart() {
    assumeTrue(
        Browser.installed().isPresent(), "needs chromium and chromedriver, both on the PATH");
    cats = folder.resolve("cats.html");
    try (Dataset train = DrawnCats.TRAIN.read();
        Dataset test = DrawnCats.TEST.read()) {
      TrainingResult result = Runs.train(train, 300);
      Runs.report(result, train, test).write(cats, Runs.KERNELS);
      Predictions predictions = result.model().predict(test, Runs.KERNELS);
      float[] probabilities = new float[test.samples()];
      for (int j = 0; j < probabilities.length; j++) {
        probabilities[j] = predictions.probability(j);
      }
      testCounts = ThresholdCounts.of(probabilities, test.labels());
      testEvaluation = Evaluation.of(result.model(), test, Runs.KERNELS);
    }
    hostile = folder.resolve("hostile.html");
    List<String> names = List.of("\u202eno", HOSTILE_NAME);
    try (Dataset data = Runs.clouds(60, FeatureShape.of(30), names, HOSTILE_FILE, 1);
        Dataset other = Runs.clouds(40, FeatureShape.of(30), names, HOSTILE_FILE, 2)) {
      Runs.report(Runs.train(data, 5), data, other).write(hostile, Runs.KERNELS);
    }
    browser = Browser.start();
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void reset() {
    browser.scheme("light");
    browser.size(1200, 900);
    browser.console();
    browser.requests();
  }

  private static String text(String id) {
    return browser.driver().findElement(By.id(id)).getText();
  }

  private static int cell(String id) {
    return Integer.parseInt(text(id).replaceAll("\\D", ""));
  }

  @Test
  void thePageLoadsWithoutAnErrorAndAsksForNothing() {
    browser.open(cats);
    assertThat(browser.console()).isEmpty();
    assertThat(browser.requests()).containsExactly(cats.toUri().toString());
    assertThat(browser.driver().findElement(By.tagName("h1")).getText())
        .isEqualTo("cat or non-cat?");
    for (String chart : List.of("cost-chart", "roc-chart", "pr-chart", "reliability-chart")) {
      assertThat(drawnPixels(chart)).as(chart).isGreaterThan(500);
    }
    assertThat((Boolean) browser.script("return [...document.images].every(i => i.naturalWidth)"))
        .isTrue();
    browser.picture("light");
  }

  private static long drawnPixels(String chart) {
    return (Long)
        browser.script(
            """
            const canvas = document.getElementById(arguments[0]);
            const pixels = canvas.getContext('2d')
                .getImageData(0, 0, canvas.width, canvas.height).data;
            let drawn = 0;
            for (let i = 3; i < pixels.length; i += 4) drawn += pixels[i] > 0;
            return drawn;
            """,
            chart);
  }

  @Test
  void theSliderMovesTheCountsByKeyboard() {
    browser.open(cats);
    assertCounts(50);
    assertThat(text("d1-accuracy")).isEqualTo(Numbers.percent(testEvaluation.accuracy()));
    WebElement slider = browser.driver().findElement(By.id("threshold"));
    slider.sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
    assertCounts(53);
    slider.sendKeys(Keys.HOME);
    assertCounts(0);
    assertThat(cell("d1-0-0") + cell("d1-1-0")).isZero();
    assertThat(slider.getDomAttribute("aria-valuetext")).isEqualTo("0.00");
    slider.sendKeys(Keys.END);
    assertCounts(100);
    assertThat(text("d1-precision")).isEqualTo("none");
    browser.driver().findElement(By.id("threshold-reset")).sendKeys(Keys.ENTER);
    assertCounts(50);
    String said =
        browser.driver().findElement(By.id("threshold-says")).getDomProperty("textContent");
    assertThat(said)
        .contains(
            "Test: %d of %d right".formatted(testEvaluation.correct(), testEvaluation.samples()));
    assertThat(browser.console()).isEmpty();
  }

  private static void assertCounts(int step) {
    assertThat(text("threshold-value")).isEqualTo(Numbers.decimals(step / 100.0, 2));
    assertThat(cell("d1-1-1")).isEqualTo(testCounts.truePositives(step));
    assertThat(cell("d1-0-1")).isEqualTo(testCounts.falsePositives(step));
    assertThat(cell("d1-1-0")).isEqualTo(testCounts.positives() - testCounts.truePositives(step));
    assertThat(cell("d1-0-0")).isEqualTo(testCounts.negatives() - testCounts.falsePositives(step));
    // The point on the curve is where the counts say.
    Object point =
        browser.script(
            "return Chart.getChart('roc-chart').data.datasets.find(s => s.key === 1).data[0].y");
    assertThat(((Number) point).doubleValue())
        .isEqualTo((double) testCounts.truePositives(step) / testCounts.positives());
  }

  @Test
  void theCostIsShownLinearOrLogarithmicAndSaysItsValues() {
    browser.open(cats);
    String scale = "return Chart.getChart('cost-chart').scales.y.type";
    assertThat(browser.script(scale)).isEqualTo("linear");
    WebElement linear = browser.driver().findElement(By.cssSelector("input[value=linear]"));
    linear.sendKeys(Keys.ARROW_RIGHT);
    assertThat(browser.script(scale)).isEqualTo("logarithmic");
    browser
        .driver()
        .findElement(By.cssSelector("input[value=logarithmic]"))
        .sendKeys(Keys.ARROW_LEFT);
    assertThat(browser.script(scale)).isEqualTo("linear");
    // Hovering says the value nearest.
    WebElement canvas = browser.driver().findElement(By.id("cost-chart"));
    new Actions(browser.driver()).moveToElement(canvas).perform();
    Object tip = browser.script("return Chart.getChart('cost-chart').tooltip.body[0].lines.join()");
    assertThat((String) tip).matches("iteration 1\\d\\d: 0\\.\\d{6}");
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void hostileNamesAreTextAndNothingElse() {
    browser.open(hostile);
    assertThat(browser.script("return window.hurt")).isNull();
    assertThat(browser.console()).isEmpty();
    assertThat(browser.requests()).hasSize(1);
    assertThat(browser.driver().findElement(By.tagName("h1")).getDomProperty("textContent"))
        .isEqualTo(HOSTILE_NAME + " or \u2068\u202eno\u2069?");
    assertThat(browser.driver().findElement(By.className("source")).getDomProperty("textContent"))
        .isEqualTo(HOSTILE_FILE);
    assertThat(browser.driver().findElements(By.cssSelector("script"))).hasSize(3);
    assertThat(browser.driver().findElements(By.cssSelector("h1 img, h1 b, td img"))).isEmpty();
    assertThat(drawnPixels("weights-chart")).isGreaterThan(500);
  }

  @Test
  void thePageFitsAPhone() {
    for (Path page : List.of(cats, hostile)) {
      browser.size(380, 800);
      browser.open(page);
      assertThat((Long) browser.script("return document.documentElement.scrollWidth"))
          .isLessThanOrEqualTo(380);
    }
    browser.open(cats);
    browser.picture("phone");
  }

  @Test
  void theDarkSchemeTakesTheChartsWithIt() {
    browser.open(cats);
    String ink = "return Chart.getChart('cost-chart').options.scales.y.ticks.color";
    Object light = browser.script(ink);
    browser.scheme("dark");
    browser.until("the charts are dark", () -> !browser.script(ink).equals(light));
    assertThat(browser.script("return getComputedStyle(document.body).backgroundColor"))
        .isEqualTo("rgb(20, 23, 27)");
    browser.picture("dark");
    assertThat(browser.print("print").length).isGreaterThan(50_000);
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void withoutScriptsTheTablesAreThere() {
    browser.scripts(false);
    try {
      browser.open(cats);
      assertThat(browser.driver().findElement(By.cssSelector("noscript .note")).getText())
          .startsWith("Curves and slider need scripts");
      assertThat(browser.driver().findElement(By.id("threshold")).isDisplayed()).isFalse();
      assertThat(cell("d1-1-1")).isEqualTo(testEvaluation.truePositives());
    } finally {
      browser.scripts(true);
    }
  }

  @Test
  void everythingHasANameForThoseWhoDoNotSeeIt() {
    browser.open(cats);
    Object nameless =
        browser.script(
            """
            return [...document.querySelectorAll('img, canvas, input, button, nav, fieldset, td[id]')]
              .filter(e => !(e.alt || e.ariaLabel || e.textContent.trim()
                  || (e.labels && e.labels[0] && e.labels[0].textContent.trim())))
              .map(e => e.outerHTML.slice(0, 200));
            """);
    assertThat((List<?>) nameless).isEmpty();
    Object levels =
        browser.script(
            "return [...document.querySelectorAll('h1,h2,h3,h4')].map(e => Number(e.tagName[1]))");
    long last = 0;
    for (Object level : (List<?>) levels) {
      assertThat((Long) level).isLessThanOrEqualTo(last + 1);
      last = (Long) level;
    }
    // Tab comes to the skip link first.
    browser.driver().findElement(By.tagName("body")).sendKeys(Keys.TAB);
    assertThat(browser.driver().switchTo().activeElement().getText())
        .isEqualTo("Skip to the report");
  }
}
