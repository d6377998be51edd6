// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5Writer;
import dev.lanewise.data.idx.IdxFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command on every format. */
class FormatsTest {

  private static final int SAMPLES = 30;
  private static final int SIDE = 4;

  @TempDir private Path folder;

  private static int label(int sample) {
    return sample % 3 == 0 ? 1 : 0;
  }

  /** Feature 0 tells the class. */
  private static float feature(int sample, int feature) {
    return feature == 0 ? label(sample) == 1 ? 2 : -2 : sample * feature % 7 / 7f;
  }

  private Path csv() throws IOException {
    StringBuilder text = new StringBuilder("a,b,c,label\n");
    for (int j = 0; j < SAMPLES; j++) {
      text.append(
          String.format(
              Locale.ROOT, "%s,%s,%s,%d\n", feature(j, 0), feature(j, 1), feature(j, 2), label(j)));
    }
    return Files.writeString(folder.resolve("table.csv"), text);
  }

  private Path libsvm() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int j = 0; j < SAMPLES; j++) {
      text.append(
          String.format(
              Locale.ROOT,
              "%d 1:%s 2:%s 3:%s\n",
              label(j),
              feature(j, 0),
              feature(j, 1),
              feature(j, 2)));
    }
    return Files.writeString(folder.resolve("samples.libsvm"), text);
  }

  private Path hdf5() {
    float[] x = new float[SAMPLES * 3];
    for (int i = 0; i < x.length; i++) {
      x[i] = feature(i / 3, i % 3);
    }
    long[] y = IntStream.range(0, SAMPLES).mapToLong(FormatsTest::label).toArray();
    Path file = folder.resolve("samples.h5");
    Hdf5Writer.write(file, new Hdf5Content().float32("X", x, SAMPLES, 3).int64("y", y));
    return file;
  }

  private static byte[] pixels() {
    byte[] pixels = new byte[SAMPLES * SIDE * SIDE];
    for (int i = 0; i < pixels.length; i++) {
      int sample = i / (SIDE * SIDE);
      pixels[i] = (byte) (label(sample) == 1 ? 200 + sample : sample);
    }
    return pixels;
  }

  /** The same pixels as PNG files in a folder for each class. */
  private Path pictures() throws IOException {
    Path root = folder.resolve("pictures");
    byte[] pixels = pixels();
    for (int j = 0; j < SAMPLES; j++) {
      BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < SIDE * SIDE; i++) {
        int value = pixels[j * SIDE * SIDE + i] & 0xff;
        image.setRGB(i % SIDE, i / SIDE, value << 16 | value << 8 | value);
      }
      Path to = Files.createDirectories(root.resolve(label(j) == 1 ? "light" : "dark"));
      ImageIO.write(
          image, "png", to.resolve(String.format(Locale.ROOT, "picture%02d.png", j)).toFile());
    }
    return root;
  }

  private JsonNode train(Path file, Object... options) {
    Object[] words =
        Stream.concat(
                Stream.of(
                    "train",
                    "--force",
                    "--train",
                    file,
                    "--test",
                    file,
                    "--model",
                    folder.resolve("m.h5"),
                    "--learning-rate",
                    0.1,
                    "--iterations",
                    300,
                    "--json"),
                Stream.of(options))
            .toArray();
    CommandRun run = CommandRun.of(words);
    assertThat(run.err().lines())
        .hasSize(1)
        .first()
        .asString()
        .contains(" are among those to learn");
    return run.json();
  }

  private void assertEveryCommandWorks(Path file, String format) {
    JsonNode trained = train(file);
    assertThat(trained.at("/train/samples").asInt()).isEqualTo(SAMPLES);
    assertThat(trained.at("/train/positives").asInt()).isEqualTo(10);
    assertThat(trained.at("/testAccuracy").asDouble()).isEqualTo(1);
    JsonNode info = CommandRun.of("info", file, "--json").json();
    assertThat(info.at("/format").asText()).isEqualTo(format);
    assertThat(info.at("/classCounts").toString()).isEqualTo("[20,10]");
    JsonNode evaluated =
        CommandRun.of("evaluate", "--model", folder.resolve("m.h5"), "--data", file, "--json")
            .json();
    assertThat(evaluated.at("/accuracy").asDouble()).isEqualTo(1);
    CommandRun predicted = CommandRun.of("predict", "--model", folder.resolve("m.h5"), file);
    assertThat(predicted.status()).isZero();
    assertThat(predicted.out().lines()).hasSize(SAMPLES);
  }

  @Test
  void tables() throws IOException {
    assertEveryCommandWorks(hdf5(), "HDF5");
    String expected = train(hdf5()).at("/weightsSha256").asText();
    assertEveryCommandWorks(csv(), "CSV");
    assertThat(train(csv()).at("/weightsSha256").asText()).isEqualTo(expected);
    assertEveryCommandWorks(libsvm(), "LIBSVM");
    assertThat(train(libsvm()).at("/weightsSha256").asText()).isEqualTo(expected);
  }

  @Test
  void imagesOfIdx() {
    byte[] labels = new byte[SAMPLES];
    for (int j = 0; j < SAMPLES; j++) {
      labels[j] = (byte) label(j);
    }
    assertEveryCommandWorks(IdxFiles.write(folder, true, pixels(), SIDE, labels), "IDX");
  }

  @Test
  void foldersOfPictures() throws IOException {
    Path root = pictures();
    assertEveryCommandWorks(root, "pictures");
    Path single = root.resolve("light/picture00.png");
    CommandRun one = CommandRun.of("predict", "--model", folder.resolve("m.h5"), single);
    assertThat(one.out()).matches(".*picture00\\.png\t0\tlight\t0\\.[0-9]+\\R");
    JsonNode sized = train(root, "--size", "3x2");
    assertThat(sized.at("/train/features").asInt()).isEqualTo(18);
    assertThat(
            CommandRun.of("info", root, "--size", "3x2", "--json").json().at("/shape").toString())
        .isEqualTo("[2,3,3]");
    for (String wrong : new String[] {"0", "0x5", "axb", "5000x5", "3x", "-3"}) {
      CommandRun run = CommandRun.of("train", "--train", root, "--size", wrong);
      assertThat(run.status()).isEqualTo(2);
      assertThat(run.err()).contains("--size is WxH");
    }
  }

  @Test
  void sizesOfPicturesAreForPicturesAndNumbersOfFeaturesForLibsvm() throws IOException {
    JsonNode padded = train(libsvm(), "--size", 5);
    assertThat(padded.at("/train/features").asInt()).isEqualTo(5);
    assertThat(
            CommandRun.of("info", libsvm(), "--size", 7, "--json").json().at("/shape").toString())
        .isEqualTo("[7]");
    Path built = folder.resolve("built.h5");
    for (Path file : List.of(libsvm(), csv(), hdf5())) {
      for (CommandRun run :
          List.of(
              CommandRun.of("train", "--train", file, "--size", "3x2"),
              CommandRun.of("info", file, "--size", "3x2"),
              CommandRun.of("dataset", "build", file, "--out", built, "--size", "3x2"))) {
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
            .startsWith("lanewise: " + file + ": is ")
            .contains("which --size 3x2 is not for: WxH is for pictures, N for LIBSVM")
            .hasLineCount(1);
      }
    }
    assertThat(built).doesNotExist();
    CommandRun fewer = CommandRun.of("train", "--train", libsvm(), "--size", 2);
    assertThat(fewer.err()).contains("line 1: index 3, expected samples of 2 features");
    CommandRun pictures = CommandRun.of("train", "--train", pictures(), "--size", 12);
    assertThat(pictures.err()).contains("pictures cannot become samples of 12");
    CommandRun none = CommandRun.of("train", "--size", "3x2");
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err()).startsWith("lanewise: --size needs --train");
    assertThat(CommandRun.of("train", "--train", libsvm(), "--size", "100000000").status())
        .isEqualTo(2);
    CommandRun sparse = CommandRun.of("train", "--train", libsvm(), "--size", "99999999");
    assertThat(sparse.status()).isEqualTo(3);
    assertThat(sparse.err()).contains("99999999 features");
  }

  @Test
  void aBrokenPictureIsAWarningOrAnError() throws IOException {
    Path root = pictures();
    Path broken = Files.writeString(root.resolve("dark/broken.png"), "no picture");
    CommandRun run = CommandRun.of("train", "--train", root, "--iterations", 1, "--json");
    assertThat(run.json().at("/train/samples").asInt()).isEqualTo(SAMPLES);
    assertThat(run.err())
        .isEqualToIgnoringNewLines(
            "lanewise: warning: "
                + broken
                + ": is not a picture, expected PNG, JPEG, BMP, GIF or WebP; it is left out");
    CommandRun strict = CommandRun.of("train", "--train", root, "--strict");
    assertThat(strict.status()).isEqualTo(3);
    assertThat(strict.out()).isEmpty();
    assertThat(strict.err()).startsWith("lanewise: " + broken + ": is not a picture");
    assertThat(strict.err().lines()).hasSize(1);
  }

  @Test
  void aModelOfATableTakesNoPictures() throws IOException {
    train(csv());
    Path picture = pictures().resolve("light/picture00.png");
    CommandRun run = CommandRun.of("predict", "--model", folder.resolve("m.h5"), picture);
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("pictures cannot become samples of 3");
  }

  @Test
  void buildKeepsEveryBit() throws IOException {
    for (Path file : List.of(csv(), pictures())) {
      Path built = folder.resolve("built.h5");
      assertThat(CommandRun.of("dataset", "build", file, "--out", built).status()).isZero();
      JsonNode before = CommandRun.of("info", file, "--json").json();
      JsonNode after = CommandRun.of("info", built, "--json").json();
      for (String same :
          new String[] {"sha256", "shape", "classNames", "scaling", "storage", "featureNames"}) {
        assertThat(after.at("/" + same)).as(same).isEqualTo(before.at("/" + same));
      }
      CommandRun again = CommandRun.of("dataset", "build", file, "--out", built);
      assertThat(again.status()).isEqualTo(3);
      assertThat(again.err()).contains("exists already; --force replaces it");
      assertThat(CommandRun.of("dataset", "build", file, "--out", built, "--force").status())
          .isZero();
      Files.delete(built);
    }
  }

  @Test
  void buildAsksAQuestionThatModelsAnswer() throws IOException {
    byte[] labels = new byte[SAMPLES];
    for (int j = 0; j < SAMPLES; j++) {
      labels[j] = (byte) (j % 3);
    }
    Path images = IdxFiles.write(folder, false, pixels(), SIDE, labels);
    Path built = folder.resolve("built.h5");
    CommandRun.of("dataset", "build", images, "--positive", "0", "--out", built);
    assertThat(CommandRun.of("info", built).out()).contains("0 = not 0, 1 = 0");
    assertThat(train(images, "--positive", "0").at("/testAccuracy").asDouble()).isEqualTo(1);
    JsonNode evaluated =
        CommandRun.of("evaluate", "--model", folder.resolve("m.h5"), "--data", built, "--json")
            .json();
    assertThat(evaluated.at("/accuracy").asDouble()).isEqualTo(1);
    assertThat(evaluated.at("/truePositives").asInt()).isEqualTo(10);
  }

  @Test
  void splitIsStratifiedAndSeeded() throws IOException {
    Path train = folder.resolve("train.h5");
    Path test = folder.resolve("test.h5");
    Object[] words = {
      "dataset", "split", csv(), "--train", train, "--test", test, "--share", 0.3, "--seed", 4
    };
    CommandRun run = CommandRun.of(words);
    assertThat(run.out()).contains(train + ": 21 samples").contains(test + ": 9 samples");
    JsonNode info = CommandRun.of("info", test, "--json").json();
    assertThat(info.at("/classCounts").toString()).isEqualTo("[6,3]");
    assertThat(CommandRun.of("info", train, "--json").json().at("/classCounts").toString())
        .isEqualTo("[14,7]");
    Files.delete(train);
    Files.delete(test);
    assertThat(CommandRun.of(words).status()).isZero();
    assertThat(CommandRun.of("info", test, "--json").json().at("/sha256"))
        .isEqualTo(info.at("/sha256"));
    assertThat(CommandRun.of(words).err()).contains("exists already");
    Files.delete(train);
    Files.delete(test);
    words[8] = 1.5;
    CommandRun wrong = CommandRun.of(words);
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("the share is above 0 and below 1, not 1.5");
    words[6] = train;
    assertThat(CommandRun.of(words).err()).contains("--train and --test are the same file");
  }

  @Test
  void aModelIsNoData() throws IOException {
    train(pictures());
    Path model = folder.resolve("m.h5");
    Path built = folder.resolve("built.h5");
    CommandRun run = CommandRun.of("dataset", "build", model, "--out", built);
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .isEqualToIgnoringNewLines("lanewise: " + model + ": is a model, expected a data set");
    assertThat(built).doesNotExist();
  }
}
