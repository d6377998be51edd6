// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5Writer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands take for the labels of samples, and which of the samples of a file they take. */
class LabelsCommandTest {

  @TempDir private Path folder;

  private Path model() {
    return folder.resolve("m.h5");
  }

  private CommandRun train(Object... more) {
    List<Object> words =
        new ArrayList<>(List.of("train", "--force", "--iterations", 200, "--learning-rate", 0.5));
    words.addAll(List.of("--json", "--model", model()));
    words.addAll(List.of(more));
    return CommandRun.of(words.toArray());
  }

  private CommandRun evaluate(Path data, Object... more) {
    List<Object> words = new ArrayList<>(List.of("evaluate", "--json", "--model", model()));
    words.addAll(List.of("--data", data));
    words.addAll(List.of(more));
    return CommandRun.of(words.toArray());
  }

  /** A sample for each label: the feature is below 0 for the first class given, else above. */
  private Path csv(String name, String first, String... labels) throws IOException {
    StringBuilder text = new StringBuilder("a,y\n");
    for (int j = 0; j < labels.length; j++) {
      text.append(labels[j].equals(first) ? -1 - j : 1 + j)
          .append(',')
          .append(labels[j])
          .append('\n');
    }
    return Files.writeString(folder.resolve(name), text);
  }

  private static void assertRefused(CommandRun run, String message) {
    assertThat(run.err()).contains(message);
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aModelOfNumbersTakesThemHoweverTheyAreWritten() throws IOException {
    assertThat(train("--train", csv("a.csv", "0", "0", "1", "0", "1")).status()).isZero();
    Path other = csv("b.csv", "0.0", "0.0", "1.0", "0.0", "1e0");
    assertThat(evaluate(other).json().at("/accuracy").asDouble()).isEqualTo(1);
    Path text = Files.writeString(folder.resolve("c.svm"), "+1 1:3\n1.0 1:2\n0.0 1:-3\n");
    assertThat(evaluate(text).json().at("/accuracy").asDouble()).isEqualTo(1);
  }

  @Test
  void missingLabelsAreRefusedWithTheirLineOrLeftOut() throws IOException {
    Path data = csv("gaps.csv", "no", "no", "yes", "NA", "no", "", "yes");
    String line =
        ": line 4: column 'y' is 'NA', which stands for a missing label, expected a class; ";
    assertRefused(train("--train", data), data + line + "--missing-labels drop");
    CommandRun run = train("--train", data, "--missing-labels", "drop");
    assertThat(run.json().at("/train/samples").asInt()).isEqualTo(4);
    assertThat(run.err()).contains("gaps.csv: 2 of 6 samples have no label; left out");
    for (String[] command :
        new String[][] {
          {"info", "" + data},
          {"dataset", "build", "" + data, "--out", folder.resolve("b.h5") + ""},
          {"dataset", "split", "" + data, "--train", folder + "/c.h5", "--test", folder + "/d.h5"},
          {"evaluate", "--model", "" + model(), "--data", "" + data},
          {"report", "--model", "" + model(), "--data", "" + data, "--out", folder + "/r.html"},
          {"sweep", "--train", "" + data}
        }) {
      assertRefused(CommandRun.of((Object[]) command), line);
      List<Object> dropping = new ArrayList<>(List.of((Object[]) command));
      dropping.addAll(List.of("--missing-labels", "drop"));
      CommandRun dropped = CommandRun.of(dropping.toArray());
      assertThat(dropped.status()).as(dropped.err()).isZero();
      assertThat(dropped.err()).contains("2 of 6 samples have no label; left out");
    }
    CommandRun predicted = CommandRun.of("predict", "--model", model(), data);
    assertThat(predicted.out().lines()).as(predicted.err()).hasSize(6);
  }

  @Test
  void missingLabelsOfArraysAndTextsAreNoClassEither() {
    Path data = folder.resolve("nan.h5");
    Hdf5Writer.write(
        data,
        new Hdf5Content()
            .float32("X", new float[] {-1, 1, -2, 2}, 4, 1)
            .float32("y", new float[] {0, 1, Float.NaN, 1}, 4));
    assertRefused(train("--train", data), "the label of sample 2 in y is 'NaN', which stands for");
    CommandRun run = train("--train", data, "--missing-labels", "drop");
    assertThat(run.json().at("/train/samples").asInt()).isEqualTo(3);
    assertThat(run.err()).contains("1 of 4 samples have no label; left out");
  }

  @Test
  void aQuantityIsNoLabelUnlessThatIsSaid() throws IOException {
    Path data = csv("q.csv", "0.5", "0.5", "1.5", "0.5", "1.5");
    assertRefused(train("--train", data), "line 2: column 'y' is '0.5', expected a whole number");
    assertThat(train("--train", data, "--label-type", "class").status()).isZero();
    // The model knows its classes.
    assertThat(evaluate(data).json().at("/accuracy").asDouble()).isEqualTo(1);
    String[] ids = new String[30];
    for (int j = 0; j < ids.length; j++) {
      ids[j] = "id" + j;
    }
    assertRefused(
        train("--train", csv("ids.csv", "id0", ids)), "30 different labels in 30 samples");
  }

  @Test
  void oneClassIsEnoughToEvaluateAndNotToTrain() throws IOException {
    Path both = csv("t.csv", "no", "no", "yes", "no", "yes");
    Path one = csv("one.csv", "no", "yes", "yes");
    CommandRun run = train("--train", both, "--test", one);
    assertThat(run.json().at("/testAccuracy").asDouble()).isEqualTo(1);
    assertThat(evaluate(one).json().at("/truePositives").asInt()).isEqualTo(2);
    assertThat(evaluate(csv("no.csv", "no", "no")).json().at("/trueNegatives").asInt())
        .isEqualTo(1);
    assertRefused(train("--train", one), "every sample is of class 'yes', expected two classes");
    Path built = folder.resolve("one.h5");
    assertThat(CommandRun.of("dataset", "build", one, "--out", built).status()).isZero();
    assertThat(evaluate(built).json().at("/accuracy").asDouble()).isEqualTo(1);
  }

  @Test
  void namesAreMatchedWithNumbersWhereThatIsSaid() throws IOException {
    // In the order of the alphabet yes is 1, and in this file 0.
    Path named = csv("named.csv", "no", "no", "yes", "no", "yes");
    Path numbered = csv("numbered.csv", "1", "1", "0", "1", "0");
    String advice = "names are not matched with numbers: say with --class-names or --positive";
    assertRefused(train("--train", named, "--test", numbered), advice);
    assertRefused(train("--train", numbered, "--test", named), advice);
    assertRefused(
        train("--train", named, "--test", numbered, "--positive", "yes"),
        "sample 0 is of class '1', expected one of no, yes; " + advice);
    Object[] told = {"--train", named, "--test", numbered, "--class-names", "yes,no"};
    assertThat(train(told).json().at("/testAccuracy").asDouble()).isEqualTo(1);
    assertRefused(evaluate(numbered), advice);
    assertRefused(
        evaluate(numbered, "--positive", "yes"), "has no class 'yes', expected one of 0, 1");
    assertThat(evaluate(numbered, "--positive", "0").json().at("/accuracy").asDouble())
        .isEqualTo(1);
    CommandRun report =
        CommandRun.of(
            "report", "--model", model(), "--data", numbered, "--out", folder + "/r.html");
    assertRefused(report, advice);
    assertRefused(train("--train", numbered, "--from", model()), advice);
    assertThat(train("--train", named, "--positive", "yes").status()).isZero();
    assertRefused(evaluate(numbered), advice);
    assertRefused(
        evaluate(numbered, "--positive", "yes"), "has no class 'yes', expected one of 0, 1");
    assertThat(evaluate(numbered, "--positive", "0").json().at("/accuracy").asDouble())
        .isEqualTo(1);
    assertThat(evaluate(numbered, "--class-names", "yes,no").json().at("/accuracy").asDouble())
        .isEqualTo(1);
    assertRefused(
        evaluate(named, "--class-names", "a,b"), "has the classes [no, yes], expected 2 numbers");
    assertThat(train("--train", numbered).status()).isZero();
    assertRefused(evaluate(named), advice);
    assertThat(evaluate(named, "--positive", "no").json().at("/accuracy").asDouble()).isEqualTo(1);
  }

  private static void npy(
      ZipOutputStream zip, String name, String type, int rows, int columns, ByteBuffer data)
      throws IOException {
    String shape = columns == 0 ? rows + "," : rows + ", " + columns;
    String header =
        String.format(
            Locale.ROOT, "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }\n", type, shape);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
    out.write(header.getBytes(StandardCharsets.US_ASCII));
    out.write(data.array());
    zip.putNextEntry(new ZipEntry(name + ".npy"));
    zip.write(out.toByteArray());
  }

  /** Samples of one feature; those to be tested on are of the other class than they seem. */
  private Path npz(String... names) throws IOException {
    Path file = folder.resolve("both.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (int part = 0; part < 2; part++) {
        int m = part == 0 ? 6 : 4;
        ByteBuffer x = ByteBuffer.allocate(4 * m).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer y = ByteBuffer.allocate(8 * m).order(ByteOrder.LITTLE_ENDIAN);
        for (int j = 0; j < m; j++) {
          x.putFloat(j % 2 == 0 ? -2 - j - part / 2f : 2 + j + part / 2f);
          y.putLong((j + part) % 2);
        }
        npy(zip, names[2 * part], "<f4", m, 1, x);
        npy(zip, names[2 * part + 1], "<i8", m, 0, y);
      }
    }
    return file;
  }

  @Test
  void oneFileHasSamplesToLearnFromAndToBeTestedOn() throws IOException {
    for (String[] names :
        new String[][] {
          {"x_train", "y_train", "x_test", "y_test"},
          {"train_X", "train_y", "test_X", "test_y"},
          {"train_images", "train_labels", "test_images", "test_labels"},
          {"train/X", "train/y", "test/X", "test/y"}
        }) {
      Path file = npz(names);
      for (Object[] chosen :
          new Object[][] {
            {}, {"--features", names[0]}, {"--features", names[0], "--labels", names[1]}
          }) {
        List<Object> words = new ArrayList<>(List.of("--train", file, "--test", file));
        words.addAll(List.of(chosen));
        CommandRun run = train(words.toArray());
        assertThat(run.json().at("/trainAccuracy").asDouble()).as(run.err()).isEqualTo(1);
        assertThat(run.json().at("/test/samples").asInt()).isEqualTo(4);
        assertThat(run.json().at("/testAccuracy").asDouble()).isZero();
        assertThat(run.err()).doesNotContain("among");
      }
      assertRefused(evaluate(file), "the features could be ");
    }
  }

  @Test
  void samplesThatWereLearnedFromAreNoTest() throws IOException {
    Path file = npz("one", "one_y", "two", "two_y");
    Object[] parts = {
      "--train",
      file,
      "--test",
      file,
      "--features",
      "one",
      "--labels",
      "one_y",
      "--test-features",
      "two",
      "--test-labels",
      "two_y"
    };
    CommandRun run = train(parts);
    assertThat(run.json().at("/test/samples").asInt()).isEqualTo(4);
    assertThat(run.err()).doesNotContain("among");
    CommandRun same =
        train("--train", file, "--test", file, "--features", "one", "--labels", "one_y");
    assertThat(same.status()).isZero();
    assertThat(same.err())
        .contains("all 6 samples to be tested on are among those to learn from")
        .contains("--test-features and --test-labels choose others in the file");
    Path copy = csv("copy.csv", "0", "0", "1", "0", "1");
    CommandRun copied = train("--train", copy, "--test", csv("c.csv", "0", "0", "1", "0", "1"));
    assertThat(copied.err())
        .contains("all 4 samples to be tested on are among those to learn from");
    CommandRun without = CommandRun.of("train", "--train", copy, "--test-labels", "y");
    assertThat(without.status()).isEqualTo(2);
    assertThat(without.err()).contains("--test-features and --test-labels need --test");
  }
}
