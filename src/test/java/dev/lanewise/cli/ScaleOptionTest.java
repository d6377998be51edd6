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
    assertThat(CommandRun.of("info", model).out()).contains("float32, then standardised");
    assertThat(CommandRun.of("info", model, "--json").json().at("/standardized").asBoolean())
        .isTrue();
    Path page = folder.resolve("page.html");
    CommandRun report = CommandRun.of("report", "--model", model, "--data", file, "--out", page);
    assertThat(report.status()).as(report.err()).isZero();
    assertThat(train(file, model, "--scale", "standard", "--report", page).status()).isZero();
    assertThat(page).isNotEmptyFile();
    // The data in the provenance are those of the file.
    assertThat(json.at("/provenance/data/sha256"))
        .isEqualTo(CommandRun.of("info", file, "--json").json().at("/sha256"));
    assertThat(ModelFile.read(model).weights()[2]).isZero();
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
    byte[] means = ModelFile.read(model).kind().standardization().orElseThrow().sha256().getBytes();
    String simd =
        train(file, model, "--scale", "standard", "--kernel", "simd", "--lanes", 4)
            .json()
            .at("/weightsSha256")
            .asText();
    assertThat(simd).isEqualTo(scalar);
    assertThat(ModelFile.read(model).kind().standardization().orElseThrow().sha256().getBytes())
        .isEqualTo(means);
  }

  @Test
  void aDamagedMeanIsNoticed() throws IOException {
    Path model = folder.resolve("model.h5");
    train(table(), model, "--scale", "standard");
    Model read = ModelFile.read(model);
    double mean = read.kind().standardization().orElseThrow().means()[0];
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

  @Test
  void pixelsAndNoneSayWhatTheDataAre() throws IOException {
    Path model = folder.resolve("model.h5");
    Path bytes = folder.resolve("bytes.h5");
    Hdf5Writer.write(
        bytes,
        new Hdf5Content()
            .uint8("X", new byte[] {0, 10, 20, 30, 40, 50}, 2, 3)
            .int64("y", new long[] {0, 1}));
    String plain = train(bytes, model).json().at("/weightsSha256").asText();
    assertThat(train(bytes, model, "--scale", "pixels").json().at("/weightsSha256").asText())
        .isEqualTo(plain);
    assertThat(train(bytes, model, "--scale", "standard").status()).isZero();
    CommandRun none = train(bytes, model, "--scale", "none");
    assertThat(none.status()).isEqualTo(3);
    assertThat(none.err()).contains("has unsigned bytes, which --scale none is not for");
    CommandRun pixels = train(table(), model, "--scale", "pixels");
    assertThat(pixels.status()).isEqualTo(3);
    assertThat(pixels.err()).contains("no unsigned bytes, which --scale pixels is not for");
    assertThat(train(table(), model, "--scale", "none").status()).isZero();
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
    CommandRun raw = train(file, folder.resolve("other.h5"), "--from", model);
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
