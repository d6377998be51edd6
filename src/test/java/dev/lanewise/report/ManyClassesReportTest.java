// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.FeatureShape;
import dev.lanewise.model.Evaluation;
import dev.lanewise.model.Model;
import dev.lanewise.model.MultiClass;
import dev.lanewise.model.Predictions;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.TrainingListener;
import dev.lanewise.train.TrainingResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page of models of more than two classes. */
class ManyClassesReportTest {

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

  private static TrainingResult train(Dataset data, int iterations, MultiClass way) {
    Hyperparameters options =
        Hyperparameters.tutorial().withIterations(iterations).withMultiClass(way);
    return new LogisticRegression(options).fit(data, Runs.KERNELS, TrainingListener.SILENT);
  }

  @ParameterizedTest
  @EnumSource
  void eachClassIsHeldAgainstAllOthers(MultiClass way) throws IOException {
    List<String> names = Runs.names(5);
    try (Dataset data = Runs.blobs(400, FeatureShape.of(6), names, 5, 1);
        Dataset other = Runs.blobs(203, FeatureShape.of(6), names, 5, 2)) {
      TrainingResult result = train(data, 30, way);
      String html = html(Runs.report(result, data, other));
      for (String section :
          List.of("data", "cost", "accuracy", "curves", "weights", "surest", "run")) {
        assertThat(html).contains("<section id=\"" + section + "\"");
      }
      assertThat(html)
          .doesNotContain("id=\"threshold\"")
          .contains("class 0, class 1, class 2, class 3, class 4")
          .contains(result.model().weightsSha256())
          .contains("Among the 2 most probable");
      assertThat(html.contains("The mean over the classes of the cost J of each against the rest"))
          .isEqualTo(way == MultiClass.OVR);
      JsonNode numbers = numbers(html);
      Evaluation evaluation = Evaluation.of(result.model(), other, Runs.KERNELS);
      assertThat(html).contains(Numbers.decimals(evaluation.macroF1(), 4));
      Predictions predictions = result.model().predict(other, Runs.KERNELS);
      int[] labels = other.labels();
      double sum = 0;
      for (int k = 0; k < 5; k++) {
        JsonNode one = numbers.at("/data/1/classes/" + k);
        double area = areaByPairs(predictions, labels, k);
        sum += area;
        assertThat(one.at("/rocArea").asText()).isEqualTo(Numbers.decimals(area, 4));
        assertThat(areaBelow(one.at("/roc"))).isCloseTo(area, within(0.005));
        assertThat(areaBelow(one.at("/precisionRecall")))
            .isCloseTo(Double.parseDouble(one.at("/averagePrecision").asText()), within(0.005));
        int samples = 0;
        for (JsonNode bin : one.at("/reliability")) {
          samples += bin.get(2).asInt();
        }
        assertThat(samples).isEqualTo(203);
        // Its row of the table.
        assertThat(html)
            .containsPattern(
                String.format(
                    Locale.ROOT,
                    "(?s)>class %d</bdi></th>\\s*<td class=\"number\">%d</td>\\s*<td class=\"number\">%s</td>\\s*<td class=\"number\">%s</td>",
                    k,
                    evaluation.confusion().samplesOf(k),
                    Numbers.decimals(evaluation.confusion().precision(k), 4),
                    Numbers.decimals(evaluation.confusion().recall(k), 4)));
        assertThat(numbers.at("/weights/" + k)).hasSize(6);
      }
      assertThat(html).contains("<dd>" + Numbers.decimals(sum / 5, 4) + "</dd>");
    }
  }

  /** The chance that a sample of the class is more probably of it than one of another. */
  private static double areaByPairs(Predictions predictions, int[] labels, int k) {
    double wins = 0;
    long pairs = 0;
    for (int i = 0; i < labels.length; i++) {
      for (int j = 0; j < labels.length; j++) {
        if (labels[i] == k && labels[j] != k) {
          float one = predictions.logOdds(i)[k];
          float other = predictions.logOdds(j)[k];
          wins += one > other ? 1 : one == other ? 0.5 : 0;
          pairs++;
        }
      }
    }
    return wins / pairs;
  }

  private static double areaBelow(JsonNode curve) {
    double area = 0;
    for (int i = 1; i < curve.size(); i++) {
      double width = curve.get(i).get(0).asDouble() - curve.get(i - 1).get(0).asDouble();
      area += width * (curve.get(i).get(1).asDouble() + curve.get(i - 1).get(1).asDouble()) / 2;
    }
    return area;
  }

  @Test
  void picturesHaveWeightsOfEachClassAndGalleries() throws IOException {
    List<String> names = Runs.names(4);
    try (Dataset data = Runs.blobs(100, FeatureShape.of(9, 9, 3), names, 4, 1)) {
      String html = html(Runs.report(train(data, 3, MultiClass.SOFTMAX), data, data));
      assertThat(count(html, "alt=\"the weights of class ")).isEqualTo(4);
      // Six of each class in two galleries, 4 of weights, and at most 16 surest ones of each.
      assertThat(count(html, "src=\"data:image/png;base64,")).isBetween(48 + 4 + 16, 48 + 4 + 32);
      assertThat(numbers(html).get("weights")).isEmpty();
    }
  }

  @Test
  void markupInNamesIsText() throws IOException {
    String name = "<b onclick='x'>\"up\"&amp;</script><!--\u2028\ud800</option></select>";
    List<String> names = List.of("down", name, "<i>side");
    for (FeatureShape shape : List.of(FeatureShape.of(8, 8), FeatureShape.of(8))) {
      try (Dataset data = Runs.blobs(60, shape, names, 3, 3)) {
        String html = html(Runs.report(train(data, 2, MultiClass.SOFTMAX), data, data));
        assertThat(html).doesNotContain("<b onclick").doesNotContain("<i>side");
        assertThat(html).contains("&lt;b onclick=").contains("&lt;i&gt;side");
        assertThat(count(html, "<script")).isEqualTo(3);
        assertThat(count(html, "</script>")).isEqualTo(3);
        assertThat(count(html, "<!--")).isZero();
        assertThat(count(html, "</select>")).isEqualTo(shape.isPicture() ? 1 : 2);
        assertThat(numbers(html).at("/data/1/classes")).hasSize(3);
      }
    }
  }

  @Test
  void aHundredClassesMakeNoLongPage() throws IOException {
    List<String> names = Runs.names(100);
    try (Dataset data = Runs.blobs(1000, FeatureShape.of(16, 16), names, 100, 1)) {
      String html = html(Runs.report(train(data, 2, MultiClass.SOFTMAX), data, data));
      assertThat(html.length()).isLessThan(3_000_000);
      assertThat(html)
          .contains("Confused most")
          .contains("class=\"scroll matrix tall\"")
          .contains("Pictures of the first 36 of 100 classes.")
          .doesNotContain("shown one by one");
      assertThat(numbers(html).at("/data/0/classes")).hasSize(100);
      assertThat(count(html, "alt=\"the weights of class ")).isEqualTo(100);
    }
  }

  @Test
  void ofMoreClassesTheWorstAreShown() throws IOException {
    int classes = 130;
    List<String> names = Runs.names(classes);
    try (Dataset data = Runs.blobs(1300, FeatureShape.of(12), names, classes, 1)) {
      TrainingResult result = train(data, 20, MultiClass.SOFTMAX);
      String html = html(Runs.report(result, data, data));
      assertThat(html)
          .contains("Of 130 classes the 100 with the lowest F1 on the test data")
          .contains("Confused most")
          .doesNotContain("Confusion matrix:")
          .contains("and 30 classes more");
      JsonNode numbers = numbers(html);
      assertThat(numbers.at("/data/0/classes")).hasSize(100);
      assertThat(numbers.at("/weights")).hasSize(100);
      Evaluation evaluation = Evaluation.of(result.model(), data, Runs.KERNELS);
      double worst =
          Stream.iterate(0, k -> k + 1)
              .limit(classes)
              .mapToDouble(evaluation.confusion()::f1)
              .min()
              .orElseThrow();
      int k =
          Stream.iterate(0, one -> one + 1)
              .filter(one -> evaluation.confusion().f1(one) == worst)
              .findFirst()
              .orElseThrow();
      assertThat(html).contains(">class " + k + "</option>");
    }
  }

  @Test
  void aClassWithoutSamplesHasNoFigures() throws IOException {
    List<String> names = Runs.names(4);
    try (Dataset data = Runs.blobs(80, FeatureShape.of(5), names, 4, 1);
        Dataset some = Runs.blobs(30, FeatureShape.of(5), names, 3, 2)) {
      String html = html(Runs.report(train(data, 40, MultiClass.SOFTMAX), data, some));
      JsonNode last = numbers(html).at("/data/1/classes/3");
      assertThat(last.at("/rocArea").asText()).isEqualTo("undefined: a class has no samples");
      assertThat(last.has("roc")).isFalse();
      assertThat(last.at("/reliability").size()).isPositive();
      assertThat(html).containsPattern("(?s)>class 3</bdi></th>\\s*<td class=\"number\">0</td>");
      assertThat(html.replaceAll("(?s)<script.*?</script>", "")).doesNotContain("NaN");
    }
  }

  @Test
  void classesAreThoseThatTheModelSaw() throws IOException {
    List<String> names = List.of("0", "1", "2", "3", "4", "5");
    try (Dataset data = Runs.blobs(30, FeatureShape.of(2), names, 3, 1)) {
      TrainingResult result = train(data, 5, MultiClass.SOFTMAX);
      assertThat(result.model().schema().classNames()).containsExactly("0", "1", "2");
      String html = html(Runs.report(result, data, data));
      assertThat(numbers(html).at("/data/0/classes")).hasSize(3);
      assertThat(html)
          .contains("<th scope=\"row\"><bdi>2</bdi>")
          .doesNotContain("<th scope=\"row\"><bdi>3</bdi>");
    }
  }

  @Test
  void thePageIsTheSameBytesEachTime() {
    try (Dataset data = Runs.blobs(50, FeatureShape.of(4, 4), Runs.names(3), 3, 1)) {
      Model model = train(data, 3, MultiClass.OVR).model();
      Report report = Report.of(model).with("Test", data, Evaluation.of(model, data, Runs.KERNELS));
      assertThat(html(report)).isEqualTo(html(report)).contains("Evaluation report");
    }
  }
}
