// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5Writer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad data: one line that names the file, status 3, and nothing written. */
class BadInputTest {

  @TempDir private Path folder;
  private Path good;
  private Path model;

  @BeforeEach
  void makeAGoodFile() {
    good = Hdf5Samples.write(folder.resolve("good.h5"), 20, 3);
    model = folder.resolve("model.h5");
  }

  @Test
  void weightsThatCannotBe() {
    double[][] bad = {{1, -1}, {1, Double.NaN}, {1, Double.POSITIVE_INFINITY}, {0, 0}, {1}};
    String[] said = {"is -1.0", "is NaN", "is Infinity", "every weight is 0", "do not fit 2"};
    for (int i = 0; i < bad.length; i++) {
      Path file = folder.resolve("weights" + i + ".h5");
      Hdf5Writer.write(
          file,
          new Hdf5Content()
              .float32("X", new float[] {1, 2}, 2, 1)
              .int64("y", new long[] {0, 1}, 2)
              .float64("s", bad[i], bad[i].length));
      CommandRun run = CommandRun.of("train", "--train", file, "--weights", "s", "--model", model);
      assertThat(run.status()).isEqualTo(3);
      assertThat(run.err().lines()).hasSize(1);
      assertThat(run.err()).contains(file.toString()).contains(said[i]);
      assertThat(model).doesNotExist();
    }
    CommandRun run = CommandRun.of("train", "--train", good, "--weights", "none");
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("has no data set 'none'");
  }

  @Test
  void noSuchFile() throws IOException {
    assertRefused(folder.resolve("missing.h5"), "no such file");
  }

  @Test
  void aFolder() throws IOException {
    assertRefused(Files.createDirectory(folder.resolve("folder")), "is an empty folder");
  }

  @Test
  void notHdf5() throws IOException {
    Path file = Files.writeString(folder.resolve("text.h5"), "pictures, honestly");
    assertRefused(
        file, "is text, but no table and not LIBSVM's: its first line is 'pictures, honestly'");
  }

  @Test
  void anEmptyFile() throws IOException {
    assertRefused(Files.createFile(folder.resolve("empty.h5")), "is empty, expected samples");
  }

  @Test
  void aFileThatMayNotBeRead() throws IOException {
    Path file = Files.writeString(folder.resolve("secret.csv"), "a,y\n1,0\n2,1\n");
    assumeTrue(
        file.toFile().setReadable(false) && !Files.isReadable(file), "root may read everything");
    assertRefused(file, "may not be read: permission denied");
  }

  @Test
  void cutShortAnywhere() throws IOException {
    byte[] whole = Files.readAllBytes(good);
    Path file = folder.resolve("cut.h5");
    int refused = 0;
    for (int length = 0; length < whole.length; length += 17) {
      Files.write(file, Arrays.copyOf(whole, length));
      CommandRun run = CommandRun.of("train", "--train", file, "--model", model);
      assertThat(run.status()).as("cut to %d of %d bytes", length, whole.length).isEqualTo(3);
      assertThat(run.err().lines()).hasSize(1);
      assertThat(run.err()).startsWith("lanewise: " + file + ": ");
      assertThat(model).doesNotExist();
      refused++;
    }
    assertThat(refused).isGreaterThan(30);
  }

  @Test
  void oneClassOfMany() throws IOException {
    Path file =
        Hdf5Samples.write(folder.resolve("l.h5"), new float[] {1, 2, 3, 4}, 2, new long[] {2, 2});
    assertRefused(file, "every sample is of class '2', expected two classes or more to learn from");
  }

  @Test
  void labelsOfAnotherCount() throws IOException {
    Path file =
        Hdf5Samples.write(
            folder.resolve("l.h5"), new float[] {1, 2, 3, 4}, 2, new long[] {1, 0, 1});
    assertRefused(file, "");
  }

  @Test
  void featuresThatAreNotFinite() throws IOException {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      Path file =
          Hdf5Samples.write(
              folder.resolve("nan.h5"), new float[] {1, 2, bad, 4}, 2, new long[] {1, 0});
      assertRefused(file, "feature 0 of sample 1");
    }
  }

  @Test
  void testDataOfAnotherWidth() throws IOException {
    Path test = Hdf5Samples.write(folder.resolve("test.h5"), 4, 5);
    CommandRun run = CommandRun.of("train", "--train", good, "--test", test, "--model", model);
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .isEqualToIgnoringNewLines(
            "lanewise: " + test + ": samples of 5 features (5), but the training data has 3 (3)");
    assertThat(model).doesNotExist();
  }

  @Test
  void aModelThatCannotBeWrittenIsRefusedBeforeTraining() {
    Path nowhere = folder.resolve("missing").resolve("model.h5");
    CommandRun run = CommandRun.of("train", "--train", good, "--model", nowhere);
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(nowhere.toString()).contains("no folder");
  }

  @Test
  void dataThatCannotBeMappedWhereTheyMustBe() {
    Path file = folder.resolve("float64.h5");
    Hdf5Content content = new Hdf5Content().float64("X", new double[] {1, 2}, 2, 1);
    Hdf5Writer.write(file, content.int64("y", new long[] {0, 1}, 2));
    CommandRun run = CommandRun.of("train", "--train", file, "--map", "always");
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err())
        .contains(file + ": the features cannot be mapped: they are float64, expected");
    assertThat(CommandRun.of("train", "--train", file, "--map", "auto").status()).isZero();
    CommandRun drawn = CommandRun.of("train", "--map", "always");
    assertThat(drawn.status()).isEqualTo(2);
    assertThat(drawn.err()).contains("--map always needs --train");
  }

  @Test
  void verboseShowsWhereAFailureCameFrom() {
    Path missing = folder.resolve("missing.h5");
    assertThat(CommandRun.of("train", "--train", missing).err().lines()).hasSize(1);
    assertThat(CommandRun.of("train", "--train", missing, "--verbose").err())
        .contains("no such file")
        .contains("\tat dev.lanewise");
  }

  private void assertRefused(Path file, String problem) throws IOException {
    String[] before = TrainCommandTest.filesIn(folder);
    CommandRun run = CommandRun.of("train", "--train", file, "--model", model);
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).as(run.err()).hasSize(1);
    assertThat(run.err()).startsWith("lanewise: " + file + ": ").contains(problem);
    assertThat(TrainCommandTest.filesIn(folder)).containsExactlyInAnyOrder(before);
  }
}
