// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.DrawnCats;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.metric.ThresholdCounts;
import dev.lanewise.model.Evaluation;
import dev.lanewise.model.Predictions;
import dev.lanewise.options.Penalty;
import dev.lanewise.select.Setting;
import dev.lanewise.select.Sweep;
import dev.lanewise.select.SweepResult;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.TrainingResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The page in a real browser: Chromium, where it and its driver are on the path. */
@Execution(ExecutionMode.SAME_THREAD)
class BrowserIT {

  private static final String HOSTILE_NAME =
      "</script><script>window.hurt=1</script><img src=x onerror=window.hurt=2><!--";
  private static final String HOSTILE_FILE = "a\u2028b\"'&<b>]]>${7*7}.h5";

  @TempDir private static Path folder;
  private static Browser browser;
  private static Path cats;
  private static Path hostile;
  private static Path many;
  private static Path manyFeatures;
  private static Path sweep;
  private static Path network;
  private static Path networkOnTable;
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
    many = folder.resolve("many.html");
    manyFeatures = folder.resolve("many-features.html");
    writeMany(many, FeatureShape.of(8, 8), List.of("one", "two", "three", HOSTILE_NAME));
    writeMany(manyFeatures, FeatureShape.of(30), Runs.names(24));
    sweep = folder.resolve("sweep.html");
    writeSweep(sweep);
    network = folder.resolve("network.html");
    try (Dataset train = DrawnCats.TRAIN.read();
        Dataset test = DrawnCats.TEST.read()) {
      Runs.report(Runs.network(train, 20, 7), train, test).write(network, Runs.KERNELS);
    }
    networkOnTable = folder.resolve("network-table.html");
    List<String> three = List.of("one", "two", HOSTILE_NAME);
    try (Dataset data = Runs.blobs(60, FeatureShape.of(30), three, 3, 1)) {
      Runs.report(Runs.network(data, 9), data, data).write(networkOnTable, Runs.KERNELS);
    }
    browser = Browser.start();
  }

  private static void writeSweep(Path page) {
    List<String> names = List.of("no", HOSTILE_NAME);
    List<Setting> settings = new ArrayList<>();
    for (int i = 1; i <= 10; i++) {
      settings.add(new Setting(0.02 * i, 60, 0));
    }
    settings.add(new Setting(1e30, 60, 0));
    try (Dataset train = Runs.clouds(60, FeatureShape.of(30), names, HOSTILE_FILE, 1);
        Dataset test = Runs.clouds(40, FeatureShape.of(30), names, HOSTILE_FILE, 2)) {
      SweepResult result =
          new Sweep(
                  new LogisticRegression(
                      Hyperparameters.tutorial().withCostEvery(1).withPenalty(new Penalty(0, 1))),
                  settings,
                  0)
              .run(train, Optional.of(test), Runs.KERNELS, Sweep.Observer.SILENT);
      new SweepReport(result, train, Optional.of(test), new RunTimes(0.25, 1.5)).write(page);
    }
  }

  private static void writeMany(Path page, FeatureShape shape, List<String> names) {
    int classes = names.size();
    try (Dataset train = Runs.blobs(classes * 20, shape, names, classes, 1);
        Dataset test = Runs.blobs(classes * 10, shape, names, classes, 2)) {
      Runs.report(Runs.train(train, 8), train, test).write(page, Runs.KERNELS);
    }
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
            String.format(
                Locale.ROOT,
                "Test: %d of %d right",
                testEvaluation.correct(),
                testEvaluation.samples()));
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
  void aClassIsChosenByKeyboardAndItsCurvesAreShown() {
    browser.open(many);
    assertThat(browser.script("return window.hurt")).isNull();
    WebElement choice = browser.driver().findElement(By.id("class"));
    assertThat(choice.findElements(By.tagName("option")).get(3).getDomProperty("textContent"))
        .isEqualTo(HOSTILE_NAME);
    assertShown(0);
    choice.sendKeys(Keys.ARROW_DOWN);
    assertShown(1);
    choice.sendKeys(Keys.ARROW_DOWN, Keys.ARROW_DOWN);
    assertShown(3);
    choice.sendKeys(Keys.HOME);
    assertShown(0);
    assertThat(browser.driver().findElement(By.id("class-says")).getDomProperty("textContent"))
        .startsWith("Training: area under ROC ");
    for (String chart : List.of("cost-chart", "roc-chart", "pr-chart", "reliability-chart")) {
      assertThat(drawnPixels(chart)).as(chart).isGreaterThan(500);
    }
    assertThat(browser.driver().findElements(By.id("threshold"))).isEmpty();
    assertThat(browser.console()).isEmpty();
    assertThat(browser.requests()).containsExactly(many.toUri().toString());
    browser.picture("many");
    browser.print("many-print");
  }

  /** What the page says of a class on the test data, and draws, is what it brought with it. */
  private static void assertShown(int place) {
    Object right =
        browser.script(
            """
            const one = JSON.parse(document.getElementById('numbers').textContent)
                .data[1].classes[arguments[0]];
            const drawn = (id) => Chart.getChart(id).data.datasets.find(s => s.of === 1).data;
            const same = (id, points) =>
                JSON.stringify(drawn(id).map(p => [p.x, p.y])) === JSON.stringify(points);
            const bins = [...document.getElementById('d1-bins').rows]
                .map(row => Number(row.cells[2].textContent));
            return document.getElementById('d1-roc-area').textContent === one.rocArea
                && document.getElementById('d1-average-precision').textContent
                    === one.averagePrecision
                && same('roc-chart', one.roc)
                && same('pr-chart', one.precisionRecall)
                && same('reliability-chart', one.reliability.map(([x, y]) => [x, y]))
                && JSON.stringify(bins) === JSON.stringify(one.reliability.map(bin => bin[2]));
            """,
            place);
    assertThat(right).as("class " + place).isEqualTo(true);
  }

  @Test
  void theWeightsOfAClassAreChosenByKeyboard() {
    browser.open(manyFeatures);
    browser.driver().findElement(By.id("neuron")).sendKeys(Keys.ARROW_DOWN, Keys.ARROW_DOWN);
    Object right =
        browser.script(
            """
            const weights = JSON.parse(document.getElementById('numbers').textContent).weights[2];
            const chart = Chart.getChart('weights-chart');
            return JSON.stringify(weights.map(w => w[1]))
                    === JSON.stringify(chart.data.datasets[0].data)
                && JSON.stringify(weights.map(w => String(w[0])))
                    === JSON.stringify(chart.data.labels);
            """);
    assertThat(right).isEqualTo(true);
    // The matrix scrolls by itself, and what is confused most stands beside it.
    assertThat(
            browser.script(
                "const m = document.querySelector('.matrix.tall');"
                    + "return m.scrollHeight > m.clientHeight"))
        .isEqualTo(true);
    assertThat(browser.driver().getPageSource()).contains("Confused most");
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void theRunsOfASweepAreDrawnTogetherAndSayTheirValues() {
    browser.open(sweep);
    assertThat(browser.console()).isEmpty();
    assertThat(browser.requests()).containsExactly(sweep.toUri().toString());
    assertThat(browser.script("return window.hurt")).isNull();
    assertThat(drawnPixels("cost-chart")).isGreaterThan(500);
    assertThat(browser.script("return Chart.getChart('cost-chart').legend.legendItems.length"))
        .isEqualTo(10L);
    // No two of them look the same.
    assertThat(
            browser.script(
                "return new Set(Chart.getChart('cost-chart').data.datasets.map("
                    + "s => s.borderColor + s.borderDash)).size"))
        .isEqualTo(10L);
    browser.driver().findElement(By.cssSelector("input[value=linear]")).sendKeys(Keys.ARROW_RIGHT);
    assertThat(browser.script("return Chart.getChart('cost-chart').scales.y.type"))
        .isEqualTo("logarithmic");
    // The page may still scroll there.
    WebElement canvas = browser.driver().findElement(By.id("cost-chart"));
    String lines = "(Chart.getChart('cost-chart').tooltip.body || []).map(b => b.lines.join())";
    browser.until(
        "the tip",
        () -> {
          new Actions(browser.driver()).moveToElement(canvas, 3, 3).moveToElement(canvas).perform();
          return !browser.script("return " + lines + ".join()").equals("");
        });
    assertThat((String) browser.script("return " + lines + ".join()"))
        .matches("rate 0\\.\\d+( \\(best\\))?,iteration \\d+: 0\\.\\d{6}.*");
    assertThat(browser.driver().findElements(By.cssSelector("tr.best"))).hasSize(1);
    assertThat(browser.driver().findElement(By.className("runs")).getText()).contains("diverged");
    assertThat(browser.console()).isEmpty();
    browser.picture("sweep");
    browser.print("sweep-print");
  }

  @Test
  void aNetworkShowsItsUnitsAndTheCostOfHeldOutSamples() {
    browser.open(network);
    assertThat(browser.console()).isEmpty();
    assertThat(browser.requests()).containsExactly(network.toUri().toString());
    assertThat(drawnPixels("cost-chart")).isGreaterThan(500);
    assertThat(
            browser.script(
                "return Chart.getChart('cost-chart').legend.legendItems.map(i => i.text).join()"))
        .isEqualTo("cost J,held out");
    assertThat(
            browser.script(
                "return new Set(Chart.getChart('cost-chart').data.datasets.map("
                    + "s => s.borderColor + s.borderDash)).size"))
        .isEqualTo(2L);
    assertThat(browser.driver().findElements(By.cssSelector("#weights figure"))).hasSize(20);
    assertThat((Boolean) browser.script("return [...document.images].every(i => i.naturalWidth)"))
        .isTrue();
    browser.picture("network");
    browser.scheme("dark");
    browser.picture("network-dark");
    browser.print("network-print");
    browser.scheme("light");
    browser.size(380, 800);
    browser.open(network);
    browser.picture("network-phone");
    browser.size(1200, 900);
    browser.open(networkOnTable);
    assertThat(browser.script("return window.hurt")).isNull();
    assertThat(browser.driver().findElement(By.id("weights")).getText())
        .contains("Layer 1, 9 units")
        .doesNotContain("raises the score");
    browser.picture("network-table");
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void thePageFitsAPhone() {
    for (Path page : List.of(cats, hostile, many, manyFeatures, sweep, network, networkOnTable)) {
      browser.size(380, 800);
      browser.open(page);
      assertThat((Long) browser.script("return document.documentElement.scrollWidth"))
          .isLessThanOrEqualTo(380);
    }
    browser.open(cats);
    browser.picture("phone");
    browser.size(380, 800);
    browser.open(many);
    browser.picture("many-phone");
    browser.size(380, 800);
    browser.open(sweep);
    browser.picture("sweep-phone");
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
    browser.open(many);
    assertThat(browser.script(ink)).isNotEqualTo(light);
    browser.picture("many-dark");
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
    for (Path page : List.of(many, manyFeatures, sweep, network, networkOnTable, cats)) {
      browser.open(page);
      assertNamed();
    }
    // Tab comes to the skip link first.
    browser.driver().findElement(By.tagName("body")).sendKeys(Keys.TAB);
    assertThat(browser.driver().switchTo().activeElement().getText())
        .isEqualTo("Skip to the report");
  }

  private static void assertNamed() {
    Object nameless =
        browser.script(
            """
            return [...document.querySelectorAll('img, canvas, input, select, button, nav, fieldset, td[id], th, .scroll')]
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
  }
}
