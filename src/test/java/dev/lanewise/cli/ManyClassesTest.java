// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lanewise.data.FashionMnist;
import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5Writer;
import dev.lanewise.data.idx.IdxFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data of more classes than two, and the question that makes two of them. */
class ManyClassesTest {

  private static final int SIDE = 4;

  @TempDir private Path folder;
  private Path images;
  private Path model;
  private String way = "softmax";

  /** Pictures in which a pixel of its own is lit for each of the classes 0 to 3. */
  @BeforeEach
  void writeImages() {
    byte[] labels = new byte[40];
    byte[] pixels = new byte[40 * SIDE * SIDE];
    for (int j = 0; j < 40; j++) {
      labels[j] = (byte) (j % 4);
      pixels[j * SIDE * SIDE + labels[j]] = (byte) 255;
    }
    images = IdxFiles.write(folder, true, pixels, SIDE, labels);
    model = folder.resolve("model.h5");
  }

  private CommandRun train(String positive) {
    return CommandRun.of(
        "train",
        "--force",
        "--train",
        images,
        "--test",
        images,
        "--positive",
        positive,
        "--model",
        model,
        "--learning-rate",
        0.5,
        "--json");
  }

  @Test
  void aModelIsTrainedAndEvaluatedOnTheSameQuestion() {
    JsonNode json = train("1,3").json();
    assertThat(json.at("/train/positives").asInt()).isEqualTo(20);
    assertThat(json.at("/test/positives").asInt()).isEqualTo(20);
    assertThat(json.at("/testAccuracy").asDouble()).isEqualTo(1);
    assertThat(json.at("/question/positive"))
        .extracting(JsonNode::asText)
        .containsExactly("1", "3");
    JsonNode evaluated =
        CommandRun.of("evaluate", "--model", model, "--data", images, "--json").json();
    assertThat(evaluated.at("/accuracy").asDouble()).isEqualTo(1);
    assertThat(evaluated.at("/truePositives").asInt()).isEqualTo(20);
    assertThat(CommandRun.of("evaluate", "--model", model, "--data", images).out())
        .contains("1 or 3")
        .contains("not 1 or 3");
    CommandRun predicted = CommandRun.of("predict", "--model", model, images);
    assertThat(predicted.out().lines().toList().get(1)).contains("\t1\t1 or 3\t0.9");
    assertThat(predicted.out().lines().toList().get(2)).contains("\t2\tnot 1 or 3\t0.9");
    assertThat(CommandRun.of("info", model).out())
        .contains("Question   is it 1 or 3? (of 0, 1, 2, 3)");
    assertThat(CommandRun.of("info", images).out())
        .contains("Classes    0 = 0 (10), 1 = 1 (10), 2 = 2 (10), 3 = 3 (10)");
    assertThat(CommandRun.of("info", images, "--json").json().at("/classCounts").toString())
        .isEqualTo("[10,10,10,10]");
  }

  @Test
  void anotherQuestionIsRefusedAndTheSameIsNot() {
    assertThat(train("1,3").status()).isZero();
    CommandRun same =
        CommandRun.of(
            "evaluate", "--model", model, "--data", images, "--positive", "3,1", "--json");
    assertThat(same.json().at("/accuracy").asDouble()).isEqualTo(1);
    CommandRun other =
        CommandRun.of("evaluate", "--model", model, "--data", images, "--positive", "2");
    assertThat(other.status()).isEqualTo(3);
    assertThat(other.err().lines()).hasSize(1);
    assertThat(other.err()).contains("the model answers 'is it 1 or 3?").contains("not 'is it 2?");
  }

  @Test
  void answersInPlaceOfClassesAreTakenWhereThatIsSaid() {
    assertThat(train("1,3").status()).isZero();
    float[] x = new float[2 * SIDE * SIDE];
    x[1] = 1;
    x[SIDE * SIDE] = 1;
    byte[] pixels = new byte[x.length];
    for (int i = 0; i < x.length; i++) {
      pixels[i] = (byte) (255 * x[i]);
    }
    Path file = folder.resolve("answers.h5");
    Hdf5Writer.write(
        file, new Hdf5Content().uint8("X", pixels, 2, SIDE, SIDE).int64("y", new long[] {1, 0}));
    CommandRun unclear = CommandRun.of("evaluate", "--model", model, "--data", file);
    assertThat(unclear.status()).isEqualTo(3);
    assertThat(unclear.err()).contains("could be classes, or answers");
    JsonNode answers =
        CommandRun.of("evaluate", "--model", model, "--data", file, "--positive", "1", "--json")
            .json();
    assertThat(answers.at("/accuracy").asDouble()).isEqualTo(1);
    JsonNode classes =
        CommandRun.of("evaluate", "--model", model, "--data", file, "--positive", "1,3", "--json")
            .json();
    assertThat(classes.at("/truePositives").asInt()).isEqualTo(1);
  }

  @Test
  void aModelOfTwoNamedClassesIsEvaluatedOnManyWhereThatIsSaid() {
    Path named = folder.resolve("named.h5");
    byte[] pixels = new byte[2 * SIDE * SIDE];
    pixels[1] = (byte) 255;
    Hdf5Writer.write(
        named,
        new Hdf5Content()
            .uint8("X", pixels, 2, SIDE, SIDE)
            .int64("y", new long[] {1, 0})
            .strings("classes", List.of("other", "one")));
    assertThat(CommandRun.of("train", "--force", "--train", named, "--model", model).status())
        .isZero();
    CommandRun refused = CommandRun.of("evaluate", "--model", model, "--data", images);
    assertThat(refused.status()).isEqualTo(3);
    assertThat(refused.err())
        .contains("classes [0, 1, 2, 3], but the model has [other, one]; names are not");
    CommandRun run =
        CommandRun.of("evaluate", "--model", model, "--data", images, "--positive", "1", "--json");
    assertThat(run.err()).isEmpty();
    assertThat(run.json().at("/truePositives").asInt()).as(run.out()).isEqualTo(10);
  }

  @Test
  void aQuestionThatIsNoneIsRefused() {
    assertThat(train("7").err()).contains("has no class '7', expected one of 0, 1, 2, 3");
    assertThat(train("0,1,2,3").err()).contains("all of its classes");
    assertThat(train("0,1,2,3").status()).isEqualTo(3);
    assertThat(model).doesNotExist();
  }

  private CommandRun trainAll(Object... more) {
    List<Object> words =
        new ArrayList<>(
            List.of("train", "--force", "--train", images, "--model", model, "--multi-class", way));
    words.addAll(List.of("--solver", "newton", "--l2", 0.01));
    words.addAll(List.of(more));
    return CommandRun.of(words.toArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"softmax", "ovr"})
  void withoutAQuestionAllClassesAreTrained(String multiClass) {
    way = multiClass;
    JsonNode json = trainAll("--test", images, "--json").json();
    assertThat(json.at("/multiClass").asText()).isEqualTo(way);
    assertThat(json.at("/classNames").toString()).isEqualTo("[\"0\",\"1\",\"2\",\"3\"]");
    assertThat(json.at("/train/positives").isNull()).isTrue();
    assertThat(json.at("/bias")).hasSize(4);
    assertThat(json.at("/converged").asBoolean()).isTrue();
    assertThat(json.at("/trainAccuracy").asDouble()).isEqualTo(1);
    assertThat(json.at("/testMacroF1").asDouble()).isEqualTo(1);
    assertThat(json.at("/provenance/options/multi-class").asText()).isEqualTo(way);
    CommandRun text = trainAll();
    assertThat(text.status()).isZero();
    assertThat(text.err()).isEmpty();
    assertThat(text.out())
        .contains("40 samples of 4 x 4 (4 classes)")
        .contains("Classes         0 = 0 (10), 1 = 1 (10), 2 = 2 (10), 3 = 3 (10)")
        .contains("Training        " + way + ", newton, ")
        .contains("Converged ")
        .contains("Train macro F1  1.0000")
        .contains("Weights SHA-256 " + json.at("/weightsSha256").asText());
    JsonNode info = CommandRun.of("info", model, "--json").json();
    assertThat(info.at("/multiClass").asText()).isEqualTo(way);
    assertThat(info.at("/bias")).isEqualTo(json.at("/bias"));
    assertThat(CommandRun.of("info", model).out())
        .contains("4 x 16 weights for samples of 4 x 4")
        .contains("Neurons    one a class, " + way);
  }

  @Test
  void evaluationTellsOfEachClass() {
    assertThat(trainAll().status()).isZero();
    String out = CommandRun.of("evaluate", "--model", model, "--data", images).out();
    assertThat(out.lines().map(String::stripTrailing))
        .contains(
            "Accuracy  100.00 % (40 of 40), cost " + cost(out),
            "Macro F1  1.0000",
            "Top 3     100.00 %",
            "class     samples  precision     recall         F1",
            "3              10     1.0000     1.0000     1.0000",
            "actual   0   1   2   3",
            "1        0  10   0   0");
    JsonNode json =
        CommandRun.of("evaluate", "--model", model, "--data", images, "--top", 2, "--json").json();
    assertThat(json.at("/accuracy").asDouble()).isEqualTo(1);
    assertThat(json.at("/macroF1").asDouble()).isEqualTo(1);
    assertThat(json.at("/top").asInt()).isEqualTo(2);
    assertThat(json.at("/topAccuracy").asDouble()).isEqualTo(1);
    assertThat(json.at("/confusion").toString())
        .isEqualTo("[[10,0,0,0],[0,10,0,0],[0,0,10,0],[0,0,0,10]]");
    assertThat(json.at("/classes/2/recall").asDouble()).isEqualTo(1);
    assertThat(json.has("truePositives")).isFalse();
    CommandRun asked =
        CommandRun.of("evaluate", "--model", model, "--data", images, "--positive", "1");
    assertThat(asked.status()).isEqualTo(3);
    assertThat(asked.err()).contains("the model tells 4 classes apart");
    CommandRun none = CommandRun.of("evaluate", "--model", model, "--data", images, "--top", 0);
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err()).contains("--top asks for at least 1 class");
  }

  @Test
  void aReportShowsAllClasses() throws Exception {
    Path page = folder.resolve("page.html");
    CommandRun train = trainAll("--report", page);
    assertThat(train.status()).as(train.err()).isZero();
    assertThat(Files.readString(page)).contains("Training report").contains("<select id=\"class\"");
    CommandRun report =
        CommandRun.of(
            "report", "--force", "--model", model, "--data", images, "--out", page, "--json");
    assertThat(report.status()).as(report.err()).isZero();
    assertThat(report.json().at("/accuracy").asDouble()).isEqualTo(1);
    assertThat(Files.readString(page))
        .contains("Evaluation report")
        .contains("predicted classes in columns");
  }

  private static String cost(String out) {
    return out.substring(out.indexOf("cost ") + 5, out.indexOf("\nMacro"));
  }

  @Test
  void predictionsNameTheClassAndItsProbability() throws Exception {
    assertThat(trainAll().status()).isZero();
    List<String> lines = CommandRun.of("predict", "--model", model, images).out().lines().toList();
    assertThat(lines).hasSize(40);
    assertThat(lines.get(6)).matches(".*\\t6\\t2\\t0[.][4-9]\\d*");
    List<String> top =
        CommandRun.of("predict", "--model", model, images, "--top", 3).out().lines().toList();
    List<String> csv =
        CommandRun.of("predict", "--model", model, images, "--top", 2, "--csv")
            .out()
            .lines()
            .toList();
    assertThat(csv.get(0)).isEqualTo("file,sample,class,probability,class2,probability2");
    assertThat(csv.get(7).split(",")).hasSize(6).startsWith(images.toString(), "6", "2");
    assertThat(top.get(6).split("\t")).hasSize(8).startsWith(images.toString(), "6", "2");
    CommandRun all = CommandRun.of("predict", "--model", model, images, "--top", 9, "--json");
    JsonNode first = new ObjectMapper().readTree(all.out().lines().findFirst().orElseThrow());
    assertThat(first.at("/class").asText()).isEqualTo("0");
    assertThat(first.at("/top")).hasSize(4);
    assertThat(first.at("/top/0/probability")).isEqualTo(first.at("/probability"));
    double sum = 0;
    for (JsonNode one : first.at("/top")) {
      sum += one.at("/probability").asDouble();
    }
    assertThat(sum).isCloseTo(1, org.assertj.core.api.Assertions.within(1e-6));
  }

  /** Four columns, each of which is the sign of a class; the label is a text. */
  private Path table(String name, String... labels) throws IOException {
    StringBuilder text = new StringBuilder("a,b,c,d,label\n");
    for (int j = 0; j < 40; j++) {
      int k = j % labels.length;
      for (int i = 0; i < 4; i++) {
        text.append(i == k ? 1 + j % 3 : 0).append(',');
      }
      text.append(labels[k]).append('\n');
    }
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void labelsKeepTheirNamesAllTheWay() throws IOException {
    for (String[] labels :
        List.of(
            new String[] {"9", "3", "7"},
            new String[] {"-5", "100000", "0"},
            new String[] {"Katze ü", "dog", "a bird"})) {
      images = table("train.csv", labels);
      JsonNode json = trainAll("--json", "--class-weight", labels[1] + "=2").json();
      assertThat(json.at("/classNames"))
          .extracting(JsonNode::asText)
          .containsExactlyInAnyOrder(labels);
      List<String> lines =
          CommandRun.of("predict", "--model", model, images).out().lines().toList();
      for (int j = 0; j < lines.size(); j++) {
        assertThat(lines.get(j).split("\t")[2]).isEqualTo(labels[j % 3]);
      }
      JsonNode evaluated =
          CommandRun.of("evaluate", "--model", model, "--data", images, "--json").json();
      assertThat(evaluated.at("/accuracy").asDouble()).isEqualTo(1);
    }
    assertThat(trainAll("--class-weight", "bird=2").err())
        .contains("no class 'bird' to weigh; the classes are Katze ü, a bird, dog");
  }

  @Test
  void numbersOfAnArrayKeepTheirNamesToo() {
    byte[] labels = new byte[30];
    byte[] pixels = new byte[30 * SIDE * SIDE];
    for (int j = 0; j < 30; j++) {
      labels[j] = (byte) (3 + 4 * (j % 2) + (j % 3 == 0 ? 1 : 0)); // 3, 4, 7, 8
      pixels[j * SIDE * SIDE + labels[j]] = (byte) 255;
    }
    images = IdxFiles.write(folder, true, pixels, SIDE, labels);
    assertThat(trainAll("--json").json().at("/classNames").toString())
        .isEqualTo("[\"3\",\"4\",\"7\",\"8\"]");
    List<String> lines = CommandRun.of("predict", "--model", model, images).out().lines().toList();
    for (int j = 0; j < 30; j++) {
      assertThat(lines.get(j).split("\t")[2]).isEqualTo(Byte.toString(labels[j]));
    }
    assertThat(
            CommandRun.of("evaluate", "--model", model, "--data", images, "--json")
                .json()
                .at("/accuracy")
                .asDouble())
        .isEqualTo(1);
  }

  @Test
  void aClassThatTrainingNeverSawIsRefused() throws IOException {
    images = table("train.csv", "red", "green", "blue");
    Path other = table("other.csv", "red", "green", "blue", "black");
    CommandRun run = trainAll("--test", other);
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualToIgnoringNewLines(
            "lanewise: "
                + other
                + ": sample 3 is of class 'black', which the training data does not have,"
                + " expected one of [blue, green, red]");
    assertThat(model).doesNotExist();
    assertThat(trainAll().status()).isZero();
    CommandRun evaluated = CommandRun.of("evaluate", "--model", model, "--data", other);
    assertThat(evaluated.status()).isEqualTo(3);
    assertThat(evaluated.err()).contains("sample 3 is of class 'black', which the model does not");
    Path one = folder.resolve("one.csv");
    Files.writeString(one, "a,b,label\n1,2,5\n2,1,5\n");
    CommandRun same = CommandRun.of("train", "--train", one);
    assertThat(same.status()).isEqualTo(3);
    assertThat(same.err()).contains("every sample is of class '5'");
  }

  @Test
  void allKindsOfFashionMnist() {
    CommandRun run =
        CommandRun.of(
            "train",
            "--train",
            FashionMnist.test(),
            "--test",
            FashionMnist.test(),
            "--iterations",
            20,
            "--learning-rate",
            0.1,
            "--model",
            model,
            "--json");
    JsonNode json = run.json();
    assertThat(json.at("/classNames")).hasSize(10);
    assertThat(json.at("/testAccuracy").asDouble()).isGreaterThan(0.6);
    JsonNode evaluated =
        CommandRun.of("evaluate", "--model", model, "--data", FashionMnist.test(), "--json").json();
    assertThat(evaluated.at("/accuracy")).isEqualTo(json.at("/testAccuracy"));
    assertThat(evaluated.at("/confusion")).hasSize(10);
    assertThat(evaluated.at("/topAccuracy").asDouble())
        .isGreaterThan(json.at("/testAccuracy").asDouble());
  }

  @Test
  void isItATopOfFashionMnist() {
    CommandRun run =
        CommandRun.of(
            "train",
            "--train",
            FashionMnist.train(),
            "--test",
            FashionMnist.test(),
            "--positive",
            "0,2,3,4,6",
            "--iterations",
            100,
            "--learning-rate",
            0.1,
            "--model",
            model,
            "--json");
    JsonNode json = run.json();
    assertThat(json.at("/train/positives").asInt()).isEqualTo(30_000);
    assertThat(json.at("/train/storage").asText()).isEqualTo("bytes");
    assertThat(json.at("/testAccuracy").asDouble()).isGreaterThan(0.95);
    JsonNode evaluated =
        CommandRun.of("evaluate", "--model", model, "--data", FashionMnist.test(), "--json").json();
    assertThat(evaluated.at("/accuracy")).isEqualTo(json.at("/testAccuracy"));
  }

  private Path two(List<String> names, long... labels) {
    byte[] pixels = new byte[labels.length * SIDE * SIDE];
    for (int j = 0; j < labels.length; j++) {
      pixels[j * SIDE * SIDE + (int) labels[j]] = (byte) 255;
    }
    Hdf5Content content =
        new Hdf5Content().uint8("X", pixels, labels.length, SIDE, SIDE).int64("y", labels);
    if (!names.isEmpty()) {
      content.strings("classes", names);
    }
    Path file = folder.resolve("two.h5");
    Hdf5Writer.write(file, content);
    return file;
  }

  @Test
  void ofTwoClassesTheOtherIsAnotherQuestionToo() {
    Path data = two(List.of(), 0, 1, 0, 0);
    assertThat(
            CommandRun.of("train", "--train", data, "--positive", "0", "--model", model).status())
        .isZero();
    CommandRun same =
        CommandRun.of("evaluate", "--model", model, "--data", data, "--positive", "0", "--json");
    assertThat(same.json().at("/truePositives").asInt()).isEqualTo(3);
    CommandRun other =
        CommandRun.of("evaluate", "--model", model, "--data", data, "--positive", "1", "--json");
    assertThat(other.status()).isEqualTo(3);
    assertThat(other.err()).contains("the model answers 'is it 0?").contains("not 'is it 1?");
  }

  @Test
  void whatTheModelCallsClass0CannotBePositive() {
    Path data = two(List.of("dog", "cat"), 0, 1, 0, 0);
    assertThat(CommandRun.of("train", "--train", data, "--model", model).status()).isZero();
    CommandRun turned =
        CommandRun.of("evaluate", "--model", model, "--data", data, "--positive", "dog");
    assertThat(turned.status()).isEqualTo(3);
    assertThat(turned.err()).contains("class 1 of the model is 'cat', but --positive says dog");
    CommandRun right =
        CommandRun.of("evaluate", "--model", model, "--data", data, "--positive", "cat", "--json");
    assertThat(right.json().at("/accuracy").asDouble()).isEqualTo(1);
  }
}
