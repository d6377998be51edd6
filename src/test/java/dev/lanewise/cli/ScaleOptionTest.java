// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanewise.data.hdf5.Hdf5Content;
import dev.lanewise.data.hdf5.Hdf5Writer;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --scale}, from training to predictions. */
class ScaleOptionTest {

  private static final int ROWS = 200;

  @TempDir private Path folder;

  /** Two features of very different sizes, far from 0, of which both tell the class. */
  private Path table() throws IOException {
    StringBuilder text = new StringBuilder("large,small,constant,label\n");
    for (int j = 0; j < ROWS; j++) {
      int label = j % 2;
      double noise = Math.sin(j);
      text.append(
          String.format(
              Locale.ROOT,
              "%s,%s,7.1,%d\n",
              5e6 + 2000 * label + 500 * noise,
              1e-4 * (label - noise / 9),
              label));
    }
    return Files.writeString(folder.resolve("table.csv"), text);
  }

  private CommandRun train(Path file, Path model, Object... more) {
    Object[] words = {
      "train",
      "--force",
      "--train",
      file,
      "--test",
      file,
      "--model",
      model,
      "--iterations",
      200,
      "--learning-rate",
      0.5,
      "--json"
    };
    Object[] all = java.util.Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return CommandRun.of(all);
  }

  @Test
  void whatIsLearnedIsKeptAndAppliedAgain() throws IOException {
    Path file = table();
    Path model = folder.resolve("model.h5");
    JsonNode json = train(file, model, "--scale", "standard").json();
    assertThat(json.at("/trainAccuracy").asDouble()).isGreaterThan(0.99);
    assertThat(json.at("/standardized").asBoolean()).isTrue();
    assertThat(json.at("/testAccuracy")).isEqualTo(json.at("/trainAccuracy"));
    assertThat(json.at("/testCost")).isEqualTo(json.at("/trainCost"));
    JsonNode evaluated =
        CommandRun.of("evaluate", "--model", model, "--data", file, "--json").json();
    assertThat(evaluated.at("/cost")).isEqualTo(json.at("/trainCost"));
    CommandRun predicted = CommandRun.of("predict", "--model", model, file);
    assertThat(predicted.out().lines().filter(line -> line.matches(".*\t1\t0\\.[5-9].*")))
        .hasSize(ROWS / 2);
    assertThat(CommandRun.of("info", model).out()).contains("as they are, then standardised");
    assertThat(CommandRun.of("info", model, "--json").json().at("/standardized").asBoolean())
        .isTrue();
    Path page = folder.resolve("page.html");
    CommandRun report =
        CommandRun.of("report", "--force", "--model", model, "--data", file, "--out", page);
    assertThat(report.status()).as(report.err()).isZero();
    assertThat(train(file, model, "--scale", "standard", "--report", page).status()).isZero();
    assertThat(page).isNotEmptyFile();
    // The data in the provenance are those of the file.
    assertThat(json.at("/provenance/data/sha256"))
        .isEqualTo(CommandRun.of("info", file, "--json").json().at("/sha256Float64"));
    assertThat(CommandRun.of("info", file).out())
        .contains(json.at("/provenance/data/sha256").asText());
    assertThat(ModelFile.read(model).weights()[2]).isZero();
  }

  @Test
  void aRunOnAnotherScaleDoesNotGoOn() throws IOException {
    // Numbers that are floats have one digest on both scales.
    Path file = Files.writeString(folder.resolve("floats.csv"), "x,label\n1,0\n2,1\n4,1\n");
    Path model = folder.resolve("model.h5");
    Path checkpoint = folder.resolve("run.ckpt");
    train(file, model, "--scale", "standard", "--checkpoint", checkpoint).json();
    String means = ModelFile.read(model).schema().standardization().orElseThrow().sha256();
    assertThat(CommandRun.of("info", checkpoint).out()).contains("standardised, SHA-256 " + means);
    JsonNode info = CommandRun.of("info", checkpoint, "--json").json();
    assertThat(info.at("/data/standardizationSha256").asText()).isEqualTo(means);
    train(file, model, "--scale", "standard", "--resume", checkpoint).json();
    CommandRun run = train(file, model, "--scale", "none", "--resume", checkpoint);
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains("is of a run on features standardised by")
        .contains("are not standardised");
  }

  @Test
  void theSameBitsWhateverComputes() throws IOException {
    Path file = table();
    Path model = folder.resolve("model.h5");
    String scalar =
        train(file, model, "--scale", "standard", "--kernel", "scalar", "--threads", 1)
            .json()
            .at("/weightsSha256")
            .asText();
    byte[] means =
        ModelFile.read(model).schema().standardization().orElseThrow().sha256().getBytes();
    String simd =
        train(file, model, "--scale", "standard", "--kernel", "simd", "--lanes", 4)
            .json()
            .at("/weightsSha256")
            .asText();
    assertThat(simd).isEqualTo(scalar);
    assertThat(ModelFile.read(model).schema().standardization().orElseThrow().sha256().getBytes())
        .isEqualTo(means);
  }

  @Test
  void aDamagedMeanIsNoticed() throws IOException {
    Path model = folder.resolve("model.h5");
    train(table(), model, "--scale", "standard");
    Model read = ModelFile.read(model);
    double mean = read.schema().standardization().orElseThrow().means()[0];
    byte[] bytes = Files.readAllBytes(model);
    byte[] wanted =
        java.nio.ByteBuffer.allocate(8)
            .order(java.nio.ByteOrder.LITTLE_ENDIAN)
            .putDouble(mean)
            .array();
    int at = -1;
    for (int i = 0; i + 8 <= bytes.length && at < 0; i++) {
      at = java.util.Arrays.equals(bytes, i, i + 8, wanted, 0, 8) ? i : -1;
    }
    assertThat(at).isPositive();
    bytes[at + 4] ^= 1;
    Files.write(model, bytes);
    CommandRun run = CommandRun.of("info", model);
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("damaged").hasLineCount(1);
  }

  /** Four samples of two features, bytes and floats, as a table or as pictures. */
  private Path numbers(String name, boolean bytes, int... shape) {
    Hdf5Content content = new Hdf5Content().int64("y", new long[] {0, 1, 0, 1});
    if (bytes) {
      content.uint8("X", new byte[] {0, 1, 1, 0, 3, (byte) 255, 7, 9}, shape);
    } else {
      content.float32("X", new float[] {0, 1, 1, 0, 3, 255, 7, 9}, shape);
    }
    Path file = folder.resolve(name);
    Hdf5Writer.write(file, content);
    return file;
  }

  private String trained(Path file, Path model, String scaling, Object... more) {
    CommandRun run = train(file, model, more);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.json().at("/scaling").asText()).isEqualTo(scaling);
    return run.json().at("/weightsSha256").asText();
  }

  @Test
  void aTableOfBytesIsTakenAsItIsAndPicturesArePixels() {
    Path model = folder.resolve("model.h5");
    Path table = numbers("table.h5", true, 4, 2);
    Path pictures = numbers("pictures.h5", true, 4, 2, 1);
    Path floats = numbers("floats.h5", false, 4, 2);
    String raw = trained(floats, model, "none");
    assertThat(trained(table, model, "bytes")).isEqualTo(raw);
    String scaled = trained(pictures, model, "pixels");
    assertThat(scaled).isNotEqualTo(raw);
    // Either may be said of any type.
    assertThat(trained(pictures, model, "bytes", "--scale", "none")).isEqualTo(raw);
    assertThat(trained(floats, model, "none", "--scale", "none")).isEqualTo(raw);
    assertThat(trained(table, model, "pixels", "--scale", "pixels")).isEqualTo(scaled);
    assertThat(trained(pictures, model, "pixels", "--scale", "pixels")).isEqualTo(scaled);
    assertThat(trained(floats, model, "levels", "--scale", "pixels")).isEqualTo(scaled);
  }

  @Test
  void trainSaysHowNumbersAreTaken() {
    Path table = numbers("table.h5", true, 4, 2);
    assertThat(CommandRun.of("train", "--train", table).out())
        .contains("Features        unsigned bytes as they are");
    assertThat(CommandRun.of("train", "--train", table, "--scale", "pixels").out())
        .contains("Features        unsigned bytes times 1/255");
    assertThat(CommandRun.of("train", "--train", table, "--scale", "standard").out())
        .contains("Features        unsigned bytes as they are, then standardised");
  }

  /** The model keeps how its own numbers were taken; nothing has to be said again. */
  @Test
  void aModelTakesFilesAsItTookItsOwn() {
    Path model = folder.resolve("model.h5");
    for (boolean bytes : new boolean[] {true, false}) {
      for (int[] shape : new int[][] {{4, 2}, {4, 2, 1}}) {
        for (String scale : new String[] {"pixels", "none"}) {
          Path file = numbers("numbers.h5", bytes, shape);
          JsonNode json = train(file, model, "--scale", scale).json();
          JsonNode evaluated =
              CommandRun.of("evaluate", "--model", model, "--data", file, "--json").json();
          assertThat(evaluated.at("/cost")).isEqualTo(json.at("/trainCost"));
          assertThat(json.at("/testCost")).isEqualTo(json.at("/trainCost"));
          CommandRun predicted = CommandRun.of("predict", "--model", model, file);
          assertThat(predicted.status()).as(predicted.err()).isZero();
          Path page = folder.resolve("page.html");
          CommandRun report =
              CommandRun.of("report", "--force", "--model", model, "--data", file, "--out", page);
          assertThat(report.status()).as(report.err()).isZero();
        }
      }
    }
  }

  /** Numbers that may have been divided by 255 already are not guessed at. */
  @Test
  void numbersOfAnotherTypeThanTheModelsAreRefusedUntilTold() {
    Path model = folder.resolve("model.h5");
    Path pictures = numbers("pictures.h5", true, 4, 2, 1);
    Path table = numbers("table.h5", true, 4, 2);
    Path floats = numbers("floats.h5", false, 4, 2);
    JsonNode ofPixels = train(pictures, model).json();
    CommandRun run = CommandRun.of("evaluate", "--model", model, "--data", floats);
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains("floats.h5: features that are numbers as they are, but the model has unsigned")
        .contains("--scale pixels or none");
    run =
        CommandRun.of(
            "evaluate", "--model", model, "--data", floats, "--scale", "pixels", "--json");
    assertThat(run.json().at("/cost")).isEqualTo(ofPixels.at("/trainCost"));
    // What a table of bytes holds is known from the model.
    run = CommandRun.of("evaluate", "--model", model, "--data", table, "--json");
    assertThat(run.json().at("/cost")).isEqualTo(ofPixels.at("/trainCost"));
    JsonNode ofFloats = train(floats, model).json();
    for (Path bytes : new Path[] {pictures, table}) {
      assertThat(CommandRun.of("predict", "--model", model, bytes).status()).isEqualTo(3);
      run =
          CommandRun.of("evaluate", "--model", model, "--data", bytes, "--scale", "none", "--json");
      assertThat(run.json().at("/cost")).isEqualTo(ofFloats.at("/trainCost"));
      assertThat(CommandRun.of("predict", "--model", model, bytes, "--scale", "none").status())
          .isZero();
    }
  }

  @Test
  void numbersThatAreNoPixelsAreRefused() throws IOException {
    CommandRun run = train(table(), folder.resolve("model.h5"), "--scale", "pixels");
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("table.csv: feature 0 of sample 0 is", "a pixel from 0 to 255");
  }

  /** Seconds since 1970: float32 has steps of 128 there. */
  @Test
  void whatFloatCannotTellApartIsLearnedAndPredicted() throws IOException {
    StringBuilder text = new StringBuilder("seconds,label\n");
    for (int j = 0; j < ROWS; j++) {
      text.append(1_700_000_000L + j % 60).append(',').append(j % 60 < 30 ? 0 : 1).append('\n');
    }
    Path file = Files.writeString(folder.resolve("log.csv"), text);
    Path model = folder.resolve("model.h5");
    JsonNode json = train(file, model, "--scale", "standard").json();
    assertThat(json.at("/trainAccuracy").asDouble()).isGreaterThan(0.97);
    assertThat(json.at("/testCost")).isEqualTo(json.at("/trainCost"));
    JsonNode evaluated =
        CommandRun.of("evaluate", "--model", model, "--data", file, "--json").json();
    assertThat(evaluated.at("/cost")).isEqualTo(json.at("/trainCost"));
    String all = CommandRun.of("predict", "--model", model, file).out();
    Path one = Files.writeString(folder.resolve("one.csv"), "seconds\n1700000059\n");
    String alone = CommandRun.of("predict", "--model", model, one).out();
    assertThat(all.lines().skip(59).findFirst().orElseThrow().split("\t")[3])
        .isEqualTo(alone.strip().split("\t")[3]);
    Path page = folder.resolve("page.html");
    CommandRun report =
        CommandRun.of("report", "--force", "--model", model, "--data", file, "--out", page);
    assertThat(report.status()).as(report.err()).isZero();
    assertThat(Files.readString(page)).contains("taken as they are, then standardised");
    CommandRun sweep =
        CommandRun.of(
            "sweep",
            "--train",
            file,
            "--scale",
            "standard",
            "--learning-rates",
            "0.5",
            "--iterations",
            200,
            "--folds",
            4,
            "--json");
    assertThat(sweep.json().at("/runs/0/trainAccuracy").asDouble()).isGreaterThan(0.97);
  }

  @Test
  void foldsAndAFurtherStartWorkOnStandardisedFeatures() throws IOException {
    Path file = table();
    Path model = folder.resolve("model.h5");
    CommandRun folds =
        CommandRun.of(
            "train",
            "--train",
            file,
            "--scale",
            "standard",
            "--solver",
            "newton",
            "--l2",
            "0.1,10",
            "--folds",
            4,
            "--model",
            model,
            "--json");
    assertThat(folds.status()).as(folds.err()).isZero();
    assertThat(folds.json().at("/trainAccuracy").asDouble()).isGreaterThan(0.99);
    assertThat(train(file, model, "--scale", "standard", "--from", model).status()).isZero();
    CommandRun sweep =
        CommandRun.of(
            "sweep",
            "--train",
            file,
            "--test",
            file,
            "--scale",
            "standard",
            "--learning-rates",
            "0.5,0.1",
            "--iterations",
            50,
            "--folds",
            3);
    assertThat(sweep.status()).as(sweep.err()).isZero();
    // Without --scale the features become those of the model.
    CommandRun like = train(file, folder.resolve("like.h5"), "--from", model);
    assertThat(like.status()).as(like.err()).isZero();
    CommandRun raw = train(file, folder.resolve("other.h5"), "--from", model, "--scale", "none");
    assertThat(raw.status()).isEqualTo(3);
    assertThat(raw.err()).contains("features that are not standardised, but the model");
  }

  @Test
  void aModelThatStandardisesRefusesDataOfAnotherWidth() throws IOException {
    Path model = folder.resolve("model.h5");
    train(table(), model, "--scale", "standard");
    Path other = Files.writeString(folder.resolve("other.csv"), "a,b\n1,2\n");
    CommandRun run = CommandRun.of("predict", "--model", model, other);
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("the model's features (3); found 2 columns a, b");
    Path nameless = Files.writeString(folder.resolve("other.csv"), "0.5,1.5\n1,2\n");
    run = CommandRun.of("predict", "--model", model, nameless);
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("samples of 2 features (2), but the model has 3 (3)");
  }
}
