package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanewise.data.FashionMnist;
import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5Writer;
import dev.lanewise.data.idx.IdxFiles;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data of more classes than two, and the question that makes two of them. */
class ManyClassesTest {

  private static final int SIDE = 4;

  @TempDir private Path folder;
  private Path images;
  private Path model;

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
    assertThat(predicted.out().lines().toList().get(2)).contains("\t2\tnot 1 or 3\t0.0");
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
    assertThat(CommandRun.of("train", "--train", named, "--model", model).status()).isZero();
    CommandRun refused = CommandRun.of("evaluate", "--model", model, "--data", images);
    assertThat(refused.status()).isEqualTo(3);
    assertThat(refused.err()).contains("4 classes, but the model has 2 [other, one]");
    CommandRun run =
        CommandRun.of("evaluate", "--model", model, "--data", images, "--positive", "1", "--json");
    assertThat(run.err()).isEmpty();
    assertThat(run.json().at("/truePositives").asInt()).as(run.out()).isEqualTo(10);
  }

  @Test
  void withoutAQuestionTrainingIsRefused() {
    CommandRun run = CommandRun.of("train", "--train", images, "--model", model);
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualToIgnoringNewLines(
            "lanewise: "
                + images
                + ": has 4 classes (0 = 0, 1 = 1, 2 = 2, 3 = 3), expected two;"
                + " --positive CLASS[,CLASS...] says which are class 1");
    assertThat(model).doesNotExist();
    assertThat(train("7").err()).contains("has no class '7', expected one of 0, 1, 2, 3");
    assertThat(train("0,1,2,3").err()).contains("all of its classes");
    assertThat(train("0,1,2,3").status()).isEqualTo(3);
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
