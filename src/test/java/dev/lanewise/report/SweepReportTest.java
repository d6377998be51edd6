// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.options.Penalty;
import dev.lanewise.select.Setting;
import dev.lanewise.select.Sweep;
import dev.lanewise.select.SweepResult;
import dev.lanewise.select.SweepRun;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.Initialization;
import dev.lanewise.train.LogisticRegression;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a sweep. */
class SweepReportTest {

  private static final String NAME = "<b onclick='x'>\"up\"&amp;</script><!--";

  @TempDir private Path folder;

  private static SweepResult sweep(
      Dataset train, Optional<Dataset> test, List<Setting> settings, int folds) {
    Hyperparameters options =
        Hyperparameters.tutorial()
            .withCostEvery(5)
            .withPenalty(new Penalty(0, 1))
            .withInitialization(Initialization.NORMAL, 1);
    return new Sweep(new LogisticRegression(options), settings, folds)
        .run(train, test, Runs.KERNELS, Sweep.Observer.SILENT);
  }

  private static String html(SweepResult result, Dataset train, Optional<Dataset> test) {
    SweepReport report = new SweepReport(result, train, test, new RunTimes(0.25, 1.5));
    return new String(report.html(), StandardCharsets.UTF_8);
  }

  private static JsonNode numbers(String html) throws IOException {
    Matcher matcher =
        Pattern.compile("(?s)<script type=\"application/json\" id=\"numbers\">(.*?)</script>")
            .matcher(html);
    assertThat(matcher.find()).isTrue();
    return new ObjectMapper().readTree(matcher.group(1));
  }

  private static String withoutScripts(String html) {
    return html.replaceAll("(?s)<script.*?</script>|<style.*?</style>", "");
  }

  @Test
  void allRunsAreShownAndThoseThatFailedAreNamed() throws IOException {
    List<Setting> settings =
        new ArrayList<>(Sweep.grid(List.of(0.1, 0.001), List.of(20, 40), List.of(1L, 2L)));
    settings.add(new Setting(1e30, 40, 1));
    try (Dataset train = Runs.clouds(60, FeatureShape.of(6), List.of("down", NAME), "a<i>.h5", 1);
        Dataset test = Runs.clouds(40, FeatureShape.of(6), List.of("down", NAME), "b", 2)) {
      SweepResult result = sweep(train, Optional.of(test), settings, 3);
      String html = html(result, train, Optional.of(test));
      String shown = withoutScripts(html);
      assertThat(shown)
          .contains("Report of a sweep")
          .contains("Failed, and so without a curve: rate 1.0E30, seed 1 (40 iterations).")
          .contains("diverged at iteration")
          .contains("the mean over the folds")
          .contains("Folds accuracy")
          .contains("a&lt;i&gt;.h5")
          .doesNotContain("<b onclick")
          .contains("0.250 s")
          .contains("1.500 s");
      assertThat(html.split("<script", -1)).hasSize(4);
      assertThat(shown.split("<tr class=\"best\"", -1)).hasSize(2);
      SweepRun best = result.runs().get(result.best().orElseThrow());
      assertThat(shown).contains(best.result().orElseThrow().model().weightsSha256());
      for (SweepRun run : result.runs()) {
        if (run.succeeded()) {
          assertThat(shown)
              .contains(Numbers.decimals(run.train().orElseThrow().cost(), 6))
              .contains(Numbers.decimals(run.test().orElseThrow().cost(), 6))
              .contains(Numbers.decimals(run.folds().orElseThrow().logLoss(), 6));
        }
      }
      // One for each rate and seed: the longest.
      JsonNode runs = numbers(html).at("/runs");
      assertThat(runs).hasSize(4);
      int marked = 0;
      for (JsonNode run : runs) {
        assertThat(run.at("/cost")).hasSize(8);
        marked += run.at("/best").asBoolean() ? 1 : 0;
      }
      assertThat(marked).isOne();
      assertThat(runs.at("/0/name").asText()).isEqualTo("rate 0.1, seed 1");
      assertThat(runs.at("/0/cost/7/0").asInt()).isEqualTo(35);
    }
  }

  @Test
  void manyRunsMakeNoLongPage() throws IOException {
    List<Double> rates = IntStream.rangeClosed(1, 60).mapToObj(i -> i * 0.001).toList();
    try (Dataset train = Runs.blobs(30, FeatureShape.of(3), Runs.names(3), 3, 1)) {
      SweepResult result =
          sweep(train, Optional.empty(), Sweep.grid(rates, List.of(10), List.of(1L)), 0);
      String html = html(result, train, Optional.empty());
      assertThat(html)
          .contains("Of 60 curves the 24 with the lowest cost at their ends are drawn.")
          .contains("the lowest cost on the training data")
          .doesNotContain("Test cost");
      assertThat(html.length()).isLessThan(400_000);
      JsonNode runs = numbers(html).at("/runs");
      assertThat(runs).hasSize(24);
      assertThat(runs.at("/23/name").asText()).isEqualTo("rate 0.06");
      assertThat(html).isEqualTo(html(result, train, Optional.empty()));
    }
  }

  @Test
  void whereAllFailedThePageSaysSo() throws IOException {
    try (Dataset train = Runs.clouds(20, FeatureShape.of(2), List.of("a", "b"), "clouds", 1)) {
      SweepResult result = sweep(train, Optional.empty(), List.of(new Setting(1e38, 9, 0)), 0);
      assertThat(result.best()).isEmpty();
      String html = html(result, train, Optional.empty());
      assertThat(html)
          .contains("Failed, and so without a curve: rate 1.0E38 (9 iterations).")
          .doesNotContain("cost-chart\" role")
          .doesNotContain("The best run is marked");
      assertThat(numbers(html).at("/runs")).isEmpty();
    }
  }

  @Test
  void thePageIsWrittenWholeOrNotAtAll() throws IOException {
    Path page = folder.resolve("sweep.html");
    try (Dataset train = Runs.clouds(20, FeatureShape.of(2), List.of("a", "b"), "clouds", 1)) {
      SweepResult result = sweep(train, Optional.empty(), List.of(new Setting(0.1, 9, 0)), 0);
      SweepReport report =
          new SweepReport(result, train, Optional.empty(), new RunTimes(0.25, 1.5));
      report.write(page);
      assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
      assertThatExceptionOfType(DataException.class)
          .isThrownBy(() -> report.write(folder.resolve("none").resolve("page.html")))
          .withMessageContaining("there is no folder");
    }
  }
}
