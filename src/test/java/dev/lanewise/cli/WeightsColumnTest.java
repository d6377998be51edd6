// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --weights} of a table, from training to predictions. */
class WeightsColumnTest {

  @TempDir private Path folder;

  /** The same samples, with a column of weights or without. */
  private Path table(String name, boolean weighted) throws IOException {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder(weighted ? "a,w,b,label\n" : "a,b,label\n");
    for (int j = 0; j < 60; j++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      int label = a - b + random.nextGaussian() > 0 ? 1 : 0;
      int weight = random.nextInt(4);
      text.append(weighted ? String.format(Locale.ROOT, "%s,%d,%s,%d\n", a, weight, b, label) : "")
          .append(weighted ? "" : String.format(Locale.ROOT, "%s,%s,%d\n", a, b, label));
    }
    return Files.writeString(folder.resolve(name), text);
  }

  private static JsonNode json(Object... args) {
    CommandRun run = CommandRun.of(args);
    assertThat(run.status()).as(run.err()).isZero();
    return run.json();
  }

  private JsonNode train(Path train, Path test, Object... more) {
    Object[] words = {
      "train", "--train", train, "--test", test, "--solver", "newton", "--l2", 1, "--json"
    };
    Object[] all = java.util.Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return json(all);
  }

  @Test
  void theColumnIsNoFeatureOfAnyFile() throws IOException {
    Path weighted = table("weighted.csv", true);
    Path plain = table("plain.csv", false);
    Path model = folder.resolve("model.h5");
    JsonNode run = train(weighted, weighted, "--weights", "w", "--model", model);
    assertThat(run.at("/train/features").asInt()).isEqualTo(2);
    assertThat(run.at("/provenance/data/weights").asText()).isEqualTo("w");
    JsonNode other = train(weighted, plain, "--weights", "w");
    assertThat(other.at("/weightsSha256")).isEqualTo(run.at("/weightsSha256"));
    assertThat(other.at("/testCost")).isEqualTo(run.at("/testCost"));
    // They do count, and what is not asked for is a feature.
    assertThat(train(plain, plain).at("/weightsSha256")).isNotEqualTo(run.at("/weightsSha256"));
    assertThat(train(weighted, weighted).at("/train/features").asInt()).isEqualTo(3);

    // The model knows the name.
    assertThat(CommandRun.of("info", model).out()).contains("weighed by 'w'");
    JsonNode evaluated = json("evaluate", "--model", model, "--data", weighted, "--json");
    assertThat(evaluated.at("/cost")).isEqualTo(run.at("/testCost"));
    assertThat(json("evaluate", "--model", model, "--data", plain, "--json").at("/cost"))
        .isEqualTo(run.at("/testCost"));
    String predicted = CommandRun.of("predict", "--model", model, weighted).out();
    assertThat(predicted.lines()).hasSize(60);
    assertThat(CommandRun.of("predict", "--model", model, plain).out())
        .isEqualTo(predicted.replace(weighted.toString(), plain.toString()));
    Path page = folder.resolve("page.html");
    CommandRun report =
        CommandRun.of("report", "--model", model, "--data", weighted, "--out", page);
    assertThat(report.status()).as(report.err()).isZero();
    CommandRun sweep =
        CommandRun.of(
            "sweep",
            "--train",
            weighted,
            "--test",
            weighted,
            "--weights",
            "w",
            "--iterations",
            20,
            "--json");
    assertThat(sweep.json().at("/test/features").asInt()).isEqualTo(2);
  }

  @Test
  void theWeightsGoIntoTheFilesThatAreMadeOfATable() throws IOException {
    Path csv = table("weighted.csv", true);
    Path built = folder.resolve("built.h5");
    assertThat(CommandRun.of("dataset", "build", csv, "--weights", "w", "--out", built).status())
        .isZero();
    String digest = train(csv, csv, "--weights", "w").at("/weightsSha256").asText();
    assertThat(train(built, built, "--weights", "weights").at("/weightsSha256").asText())
        .isEqualTo(digest);
    Path one = folder.resolve("one.h5");
    Path two = folder.resolve("two.h5");
    CommandRun split =
        CommandRun.of("dataset", "split", csv, "--weights", "w", "--train", one, "--test", two);
    assertThat(split.status()).as(split.err()).isZero();
    assertThat(train(one, two, "--weights", "weights").at("/test/features").asInt()).isEqualTo(2);
    Path unlabelled = Files.writeString(folder.resolve("unlabelled.csv"), "a,b,w\n1,2,3\n4,5,6\n");
    CommandRun refused =
        CommandRun.of(
            "dataset", "build", unlabelled, "--weights", "w", "--out", folder.resolve("no.h5"));
    assertThat(refused.status()).isEqualTo(3);
    assertThat(refused.err()).contains("has no column of labels");
    assertThat(folder.resolve("no.h5")).doesNotExist();
  }

  @Test
  void badWeightsAreOneLine() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.csv"), "a,w,y\n1,1,0\n2,-1,1\n");
    Path model = folder.resolve("bad.h5");
    CommandRun run = CommandRun.of("train", "--train", bad, "--weights", "w", "--model", model);
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .isEqualToIgnoringNewLines(
            "lanewise: " + bad + ": line 3: column 'w' is -1, expected a weight of at least 0");
    assertThat(model).doesNotExist();
  }
}
