// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.DrawnCats;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.data.Scaling;
import dev.lanewise.data.Schema;
import dev.lanewise.model.DataProvenance;
import dev.lanewise.model.Evaluation;
import dev.lanewise.model.Model;
import dev.lanewise.model.Provenance;
import dev.lanewise.train.CostPoint;
import dev.lanewise.train.HeldOutCost;
import dev.lanewise.train.TrainingResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

  private static final List<String> NAMES = List.of("down", "up");

  @TempDir private Path folder;

  private static String html(Report report) {
    return new String(report.html(Runs.KERNELS), StandardCharsets.UTF_8);
  }

  private static JsonNode numbers(String html) throws IOException {
    Matcher matcher =
        Pattern.compile("(?s)<script type=\"application/json\" id=\"numbers\">(.*?)</script>")
            .matcher(html);
    assertThat(matcher.find()).isTrue();
    return new ObjectMapper().readTree(matcher.group(1));
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  private static String withoutScripts(String html) {
    return html.replaceAll("(?s)<script.*?</script>|<style.*?</style>", "");
  }

  @Test
  void aRunOnPicturesShowsAllThereIs() throws IOException {
    try (Dataset train = DrawnCats.TRAIN.read();
        Dataset test = DrawnCats.TEST.read()) {
      TrainingResult result = Runs.train(train, 20);
      String html = html(Runs.report(result, train, test));
      for (String section :
          List.of("data", "cost", "accuracy", "curves", "weights", "surest", "run")) {
        assertThat(html).contains("<section id=\"" + section + "\"");
      }
      assertThat(html)
          .contains("cat or non-cat?")
          .contains(result.model().weightsSha256())
          .contains(result.model().provenance().data().sha256())
          .contains(">Together<")
          .contains(">Blue<")
          .contains("0.250 s")
          .contains("1.500 s");
      // 24 in each gallery, 8 right and at most 8 wrong ones of each, 4 of the weights.
      assertThat(count(html, "src=\"data:image/png;base64,")).isBetween(48 + 16 + 4, 48 + 32 + 4);
      JsonNode numbers = numbers(html);
      assertThat(numbers.at("/cost")).hasSize(20);
      assertThat(numbers.at("/data")).hasSize(2);
      Evaluation evaluation = Evaluation.of(result.model(), test, Runs.KERNELS);
      assertThat(numbers.at("/data/1/truePositives/50").asInt())
          .isEqualTo(evaluation.truePositives());
      assertThat(numbers.at("/data/1/falsePositives/50").asInt())
          .isEqualTo(evaluation.falsePositives());
      assertThat(numbers.get("weights")).isEmpty();
    }
  }

  @Test
  void aNetworkShowsItsUnitsAsPictures() throws IOException {
    try (Dataset train = DrawnCats.TRAIN.read();
        Dataset test = DrawnCats.TEST.read()) {
      TrainingResult result = Runs.network(train, 5, 3);
      String html = html(Runs.report(result, train, test));
      assertThat(html)
          .contains("12\u202f288 features, 5 relu, 3 relu, 1 output")
          .contains("Parameters")
          .contains("61\u202f467")
          .contains(">unit 1<")
          .contains(">unit 5<")
          .contains("Layer 1, 5 units")
          .contains("What each unit looks for")
          .contains("held out")
          .doesNotContain(">unit 6<")
          .doesNotContain("raises the score")
          .doesNotContain("Bias");
      JsonNode numbers = numbers(html);
      HeldOutCost heldOut = result.heldOut().orElseThrow();
      assertThat(numbers.at("/cost")).hasSize(result.costs().size());
      assertThat(numbers.at("/heldOut")).hasSize(heldOut.costs().size());
      assertThat(heldOut.costs()).hasSize(1 + result.convergence().iterations());
      assertThat(numbers.at("/heldOut/0/0").asInt()).isZero();
      assertThat(numbers.at("/heldOut/3/1").asDouble()).isEqualTo(heldOut.costs().get(3).cost());
      assertThat(heldOut.costs().get(heldOut.bestEpoch()).cost()).isEqualTo(heldOut.cost());
      assertThat(numbers.get("weights")).isEmpty();
      assertThat(html(Report.of(result.model()).with("Test", test, evaluation(result, test))))
          .contains("Layer 1, 5 units")
          .doesNotContain("raises the score");
    }
  }

  private static Evaluation evaluation(TrainingResult result, Dataset data) {
    return Evaluation.of(result.model(), data, Runs.KERNELS);
  }

  @Test
  void aNetworkOnATableShowsTheLargestWeightsOfItsUnits() throws IOException {
    for (int classes : new int[] {2, 3}) {
      try (Dataset data = Runs.blobs(90, FeatureShape.of(30), Runs.names(classes), classes, 3)) {
        TrainingResult result = Runs.network(data, 4);
        String html = html(Runs.report(result, data, data));
        assertThat(html)
            .contains("30 features, 4 relu, " + (classes == 2 ? "1 output" : "3 outputs"))
            .contains("The largest of each unit")
            .contains(">unit 4<")
            .doesNotContain("raises the score");
        JsonNode weights = numbers(html).at("/weights");
        assertThat(weights).hasSize(4);
        assertThat(weights.get(2)).hasSize(20);
        int feature = weights.at("/2/0/0").asInt();
        assertThat((float) weights.at("/2/0/1").asDouble())
            .isEqualTo(result.model().layers().getFirst().weights(2)[feature]);
      }
    }
  }

  @Test
  void aRunWithoutSamplesHeldOutHasOneCurve() throws IOException {
    try (Dataset data = Runs.clouds(50, FeatureShape.of(3), NAMES, "clouds", 3)) {
      String html = html(Runs.report(Runs.train(data, 4), data, data));
      assertThat(numbers(html).has("heldOut")).isFalse();
      assertThat(html).doesNotContain("held out</th>");
    }
  }

  @Test
  void aModelAloneIsReportedWithoutItsTraining() {
    try (Dataset data = Runs.clouds(50, FeatureShape.of(3), NAMES, "clouds", 3)) {
      Model model = Runs.train(data, 4).model();
      Evaluation evaluation = Evaluation.of(model, data, Runs.KERNELS);
      String html = html(Report.of(model).with("Test", data, evaluation));
      assertThat(html).contains("Evaluation report").doesNotContain("<section id=\"cost\"");
    }
  }

  @Test
  void nothingIsAskedForFromElsewhere() {
    try (Dataset data = Runs.clouds(50, FeatureShape.of(3), NAMES, "clouds", 3)) {
      String html = html(Runs.report(Runs.train(data, 4), data, data));
      assertThat(withoutScripts(html)).doesNotContainPattern("(src|href)=\"(?!data:|#)");
      assertThat(html)
          .doesNotContain("sourceMappingURL")
          .doesNotContain("@import")
          .doesNotContainPattern("url\\(")
          .contains("default-src &#39;none&#39;");
    }
  }

  @Test
  void markupInNamesIsText() throws IOException {
    String name = "<b onclick='x'>\"up\"&amp;</script><!--\u2028\ud800";
    try (Dataset data =
        Runs.clouds(50, FeatureShape.of(8, 8), List.of("down", name), "</title><i>.h5", 3)) {
      String html = html(Runs.report(Runs.train(data, 4), data, data));
      assertThat(html).doesNotContain("<b onclick").doesNotContain("</title><i>");
      assertThat(html).contains("&lt;b onclick=");
      assertThat(count(html, "<script")).isEqualTo(3);
      assertThat(count(html, "</script>")).isEqualTo(3);
      assertThat(count(html, "<!--")).isZero();
      assertThat(numbers(html).at("/data")).hasSize(2);
    }
  }

  @Test
  void jsonHasNoMarkupInIt() {
    try (Dataset data = Runs.clouds(50, FeatureShape.of(2), NAMES, "clouds", 3)) {
      Model model = Runs.train(data, 2).model();
      ReportData part =
          new ReportData(
              "</script><!--&'\u2028\u2029é", data, Evaluation.of(model, data, Runs.KERNELS));
      String json =
          PageJson.of(
              null,
              "",
              List.of(Assessment.of(part, model, Runs.KERNELS)),
              List.of(),
              List.of(List.of()));
      assertThat(json)
          .doesNotContainPattern("[<>&'\u2028\u2029]")
          .contains("\\u003C/script\\u003E\\u003C!--\\u0026\\u0027\\u2028\\u2029\\u00E9");
    }
  }

  @Test
  void featuresThatAreNoPictureHaveBarsAndNoGallery() throws IOException {
    try (Dataset data = Runs.clouds(50, FeatureShape.of(300), NAMES, "clouds", 3)) {
      TrainingResult result = Runs.train(data, 4);
      String html = html(Runs.report(result, data, data));
      assertThat(html).doesNotContain("data:image").contains("weights-chart");
      JsonNode bars = numbers(html).at("/weights/0");
      assertThat(bars).hasSize(20);
      float[] weights = result.model().weights();
      double last = Double.POSITIVE_INFINITY;
      for (JsonNode bar : bars) {
        double weight = weights[bar.get(0).asInt()];
        assertThat(bar.get(1).asDouble()).isEqualTo(weight);
        assertThat(Math.abs(weight)).isLessThanOrEqualTo(last);
        last = Math.abs(weight);
      }
    }
  }

  @Test
  void manySamplesMakeNoLongPage() throws IOException {
    try (Dataset data = Runs.clouds(30_000, FeatureShape.of(12, 12, 1), NAMES, "clouds", 3)) {
      TrainingResult result = Runs.train(data, 3);
      List<CostPoint> costs = new ArrayList<>();
      for (int iteration = 0; iteration < 50_000; iteration++) {
        costs.add(new CostPoint(iteration, 1.0 / (iteration + 1)));
      }
      String html = html(Runs.report(withCosts(result, costs), data, data));
      assertThat(html.length()).isLessThan(600_000);
      assertThat(html).contains("of the 50\u202f000 costs noted are drawn");
      JsonNode numbers = numbers(html);
      for (JsonNode curve :
          List.of(
              numbers.at("/cost"),
              numbers.at("/data/0/roc"),
              numbers.at("/data/0/precisionRecall"))) {
        assertThat(curve.size()).isBetween(100, 400);
      }
    }
  }

  private static TrainingResult withCosts(TrainingResult result, List<CostPoint> costs) {
    return new TrainingResult(
        result.model(),
        costs,
        result.convergence(),
        result.heldOut(),
        result.engine(),
        result.kernel(),
        result.lanes(),
        result.threads(),
        result.seconds());
  }

  @Test
  void numbersThatAreNotFiniteBreakNothing() throws IOException {
    // Scores beyond all floats: infinite, and what is not a number.
    float big = 3e38f;
    try (Dataset data =
        Dataset.of(
            new float[][] {{big, big}, {-big, -big}, {big, -big}, {1, 0}},
            new int[] {1, 0, 1, 0})) {
      Model model = model(new float[] {big, big}, Schema.UNNAMED, FeatureShape.of(2));
      Evaluation evaluation = Evaluation.of(model, data, Runs.KERNELS);
      TrainingResult run = withCosts(Runs.train(clouds(), 1), List.of(new CostPoint(0, 1 / 0.0)));
      String html = html(Report.of(model).with("Test", data, evaluation));
      assertThat(numbers(html).at("/data/0/truePositives")).hasSize(101);
      assertThat(withoutScripts(html)).doesNotContain("NaN").contains("not a number");
      Dataset clouds = clouds();
      assertThat(numbers(html(Runs.report(run, clouds, clouds))).at("/cost/0/1").isNull()).isTrue();
    }
  }

  private static Dataset clouds() {
    return Runs.clouds(20, FeatureShape.of(2), NAMES, "clouds", 3);
  }

  private static Model model(float[] weights, List<String> names, FeatureShape shape) {
    return new Model(
        weights,
        0,
        new Schema(shape, Scaling.NONE, names),
        Provenance.now(
            "gram", "scalar", 1, 1, Map.of(), new DataProvenance("x", "0".repeat(64), 1, 2)));
  }

  @Test
  void dataOfOneClassHaveNoCurveAndSaySo() throws IOException {
    float[][] samples = {{1, 2}, {3, 4}};
    try (Dataset ones = Dataset.of(samples, new int[] {1, 1})) {
      Model model = model(new float[] {1, 1}, Schema.UNNAMED, FeatureShape.of(2));
      String html =
          html(Report.of(model).with("Test", ones, Evaluation.of(model, ones, Runs.KERNELS)));
      assertThat(html).contains("undefined: a class has no samples");
      assertThat(numbers(html).at("/data/0/roc").isMissingNode()).isTrue();
    }
  }

  @Test
  void picturesOfAnySizeAndWithAlphaAreShown() {
    for (FeatureShape shape :
        List.of(FeatureShape.of(300, 200, 4), FeatureShape.of(1, 1), FeatureShape.of(5, 200))) {
      try (Dataset data = Runs.clouds(10, shape, NAMES, "clouds", 3)) {
        String html = html(Runs.report(Runs.train(data, 1), data, data));
        assertThat(html).contains("data:image/png");
      }
    }
  }

  @Test
  void thePageIsTheSameBytesEachTime() {
    try (Dataset data = clouds()) {
      Report report = Runs.report(Runs.train(data, 5), data, data);
      assertThat(html(report)).isEqualTo(html(report));
    }
  }

  @Test
  void dataOfAnotherShapeAreRefused() {
    try (Dataset data = clouds();
        Dataset wide = Runs.clouds(20, FeatureShape.of(9), NAMES, "wide", 3)) {
      TrainingResult result = Runs.train(data, 1);
      Evaluation evaluation = Evaluation.of(result.model(), data, Runs.KERNELS);
      assertThatExceptionOfType(DataException.class)
          .isThrownBy(() -> Report.of(result.model()).with("Test", wide, evaluation))
          .withMessageContaining("wide");
    }
  }

  @Test
  void aPageIsWrittenWholeOrNotAtAll() throws IOException {
    Path page = folder.resolve("page.html");
    try (Dataset data = clouds()) {
      Report report = Runs.report(Runs.train(data, 1), data, data);
      report.write(page, Runs.KERNELS);
      byte[] first = Files.readAllBytes(page);
      assertThat(new String(first, StandardCharsets.UTF_8)).endsWith("</html>\n");
      assertThatExceptionOfType(DataException.class)
          .isThrownBy(() -> report.write(folder.resolve("none").resolve("page.html"), Runs.KERNELS))
          .withMessageContaining("there is no folder");
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files).containsExactly(page);
      }
    }
  }

  @Test
  void textsCanBeReadInBothSchemes() throws IOException {
    String css =
        new String(
            ReportTest.class.getResourceAsStream("/dev/lanewise/report/report.css").readAllBytes(),
            StandardCharsets.UTF_8);
    String[] schemes = css.split("@media screen and \\(prefers-color-scheme: dark\\)");
    for (String scheme : List.of(schemes[0], schemes[1])) {
      for (String back : List.of("paper", "raised")) {
        for (String front : List.of("ink", "soft", "first", "second")) {
          double contrast = contrast(luminance(scheme, front), luminance(scheme, back));
          assertThat(contrast).as("%s on %s", front, back).isGreaterThan(4.5);
        }
        for (int run = 0; run < 8; run++) {
          double contrast = contrast(luminance(scheme, "run" + run), luminance(scheme, back));
          assertThat(contrast).as("run%d on %s", run, back).isGreaterThan(3);
        }
      }
    }
  }

  private static double contrast(double one, double other) {
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  }

  // Relative luminance as WCAG 2 defines it.
  private static double luminance(String css, String name) {
    Matcher matcher = Pattern.compile("--" + name + ": #([0-9a-f]{6});").matcher(css);
    assertThat(matcher.find()).as(name).isTrue();
    int rgb = Integer.parseInt(matcher.group(1), 16);
    double[] parts = {0.2126, 0.7152, 0.0722};
    double luminance = 0;
    for (int i = 0; i < 3; i++) {
      double part = (rgb >> 16 - 8 * i & 255) / 255.0;
      luminance +=
          parts[i] * (part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
    }
    return luminance;
  }
}
