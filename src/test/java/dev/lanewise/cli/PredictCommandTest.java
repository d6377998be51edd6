// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.model.ModelFile;
import dev.lanewise.model.Predictions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictCommandTest {

  private static final int MANY = 70_000;

  @TempDir private Path folder;
  private Path data;
  private Path model;

  @BeforeEach
  void train() throws IOException {
    data =
        Files.writeString(
            folder.resolve("train.csv"), "a,b,class\n1,0,\"good, \"\"or\"\" so\"\n-1,0.5,bad\n");
    model = folder.resolve("model.h5");
    assertThat(CommandRun.of("train", "--train", data, "--model", model).status()).isZero();
  }

  private Path many() throws IOException {
    StringBuilder text = new StringBuilder("a,b\n");
    for (int j = 0; j < MANY; j++) {
      text.append(j % 13 - 6).append(',').append(j % 7 / 8f).append('\n');
    }
    return Files.writeString(folder.resolve("many.csv"), text);
  }

  @Test
  void aPartAtATimeGivesTheBitsOfTheWhole() throws IOException {
    Path file = many();
    CommandRun run = CommandRun.of("predict", "--model", model, file);
    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(MANY);
    try (Dataset whole = Datasets.read(file, ReadOptions.unlabelled())) {
      Predictions expected =
          ModelFile.read(model)
              .predict(whole, KernelChoice.choose(KernelRequest.scalar(), warning -> {}));
      for (int j = 0; j < MANY; j++) {
        String name = expected.predictedClass(j) == 1 ? "good, \"or\" so" : "bad";
        String line =
            file
                + "\t"
                + j
                + "\t"
                + name
                + "\t"
                + expected.probability(j, expected.predictedClass(j));
        if (!line.equals(lines.get(j))) {
          assertThat(lines.get(j)).isEqualTo(line);
        }
      }
    }
  }

  @Test
  void csvHasAHeaderAndQuotes() {
    CommandRun run = CommandRun.of("predict", "--model", model, data, data, "--csv");
    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(5);
    assertThat(lines.get(0))
        .isEqualTo(
            "file,sample,class,probability,probability of bad,\"probability of good, \"\"or\"\" so\"");
    assertThat(lines.get(1))
        .matches(".*train\\.csv,0,\"good, \"\"or\"\" so\",(0\\.\\d+),0\\.\\d+,\\1");
    assertThat(lines.get(2)).matches(".*train\\.csv,1,bad,(0\\.\\d+),\\1,0\\.\\d+");
    assertThat(lines.get(3)).isEqualTo(lines.get(1));
  }

  @Test
  void jsonIsAnObjectALine() throws IOException {
    CommandRun run = CommandRun.of("predict", "--model", model, data, "--json");
    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(2);
    JsonNode first = new ObjectMapper().readTree(lines.getFirst());
    assertThat(first.at("/file").asText()).isEqualTo(data.toString());
    assertThat(first.at("/sample").asInt()).isZero();
    assertThat(first.at("/class").asText()).isEqualTo("good, \"or\" so");
    float probability = first.at("/probability").floatValue();
    assertThat(probability).isGreaterThan(0.5f);
    assertThat(first.at("/probabilities/bad").floatValue()).isLessThan(0.5f);
    assertThat(first.at("/probabilities").properties())
        .hasSize(2)
        .last()
        .satisfies(last -> assertThat(last.getValue().floatValue()).isEqualTo(probability));
  }

  @Test
  void oneWayOfPrintingAtATime() {
    CommandRun run = CommandRun.of("predict", "--model", model, data, "--json", "--csv");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("choose one of --json and --csv");
  }

  @Test
  void aBadLastRowIsFoundBeforeAnythingIsPrinted() throws IOException {
    Path file = many();
    Files.writeString(file, Files.readString(file) + "1,two\n");
    CommandRun run = CommandRun.of("predict", "--model", model, file, "--csv");
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualToIgnoringNewLines(
            String.format(
                Locale.ROOT,
                "lanewise: %s: line %d: column 'b' is 'two', expected a number; give it numbers, or"
                    + " leave the column out with --drop b",
                file,
                MANY + 2));
  }

  @Test
  void theSpeedIsSaidWhereItIsAskedFor() {
    CommandRun run = CommandRun.of("predict", "--model", model, data, data, "--speed");
    assertThat(run.out().lines()).hasSize(4);
    assertThat(run.err()).matches("lanewise: 4 samples in \\d+\\.\\d{3} s, \\d+ a second\\R");
  }

  @Test
  void picturesOfAnySizeOneAfterAnother() throws IOException {
    Path train = Files.createDirectories(folder.resolve("train"));
    for (String kind : new String[] {"dark", "light"}) {
      Path to = Files.createDirectories(train.resolve(kind));
      for (int j = 0; j < 4; j++) {
        picture(to.resolve(j + ".png"), "png", 8, 8, kind.equals("light") ? 200 + j : 20 + j);
      }
    }
    CommandRun trained =
        CommandRun.of(
            "train", "--force", "--train", train, "--model", model, "--learning-rate", 0.1);
    assertThat(trained.status()).isZero();
    Path light = picture(folder.resolve("light.jpg"), "jpg", 300, 120, 220);
    Path dark = picture(folder.resolve("dark.png"), "png", 5, 9, 10);
    CommandRun run = CommandRun.of("predict", "--model", model, light, dark);
    assertThat(run.err()).isEmpty();
    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).startsWith(light + "\t0\tlight\t");
    assertThat(lines.get(1)).startsWith(dark + "\t0\tdark\t");
  }

  @Test
  void eachPictureOfAFolderIsNamed() throws IOException {
    Path train = folder.resolve("train");
    for (String kind : List.of("dark", "light")) {
      Path to = Files.createDirectories(train.resolve(kind));
      for (int j = 0; j < 3; j++) {
        picture(to.resolve(j + ".png"), "png", 4, 4, kind.equals("light") ? 200 + j : 20 + j);
      }
    }
    CommandRun.of("train", "--force", "--train", train, "--model", model, "--learning-rate", 0.1);
    Path flat = Files.createDirectories(folder.resolve("flat"));
    Path night = picture(flat.resolve("0 night, moon.png"), "png", 7, 5, 10);
    Path broken = Files.writeString(flat.resolve("1.png"), "\u0089PNG\r\n");
    Path noon = picture(flat.resolve("2.png"), "png", 7, 5, 240);
    for (String style : List.of("--json", "--csv", "--top=2")) {
      CommandRun whole = CommandRun.of("predict", "--model", model, flat, style);
      CommandRun single = CommandRun.of("predict", "--model", model, night, noon, style);
      assertThat(single.status()).as(single.err()).isZero();
      assertThat(whole.out()).isEqualTo(single.out());
      assertThat(whole.status()).isEqualTo(ExitStatus.BAD_FILE);
      assertThat(whole.err()).contains(broken.toString());
    }
    List<String> lines = CommandRun.of("predict", "--model", model, flat).out().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).startsWith(night + "\t0\tdark\t");
    assertThat(lines.get(1)).startsWith(noon + "\t0\tlight\t");
    // Folders of classes are places for pictures.
    assertThat(CommandRun.of("predict", "--model", model, train).out().lines())
        .hasSize(6)
        .anyMatch(line -> line.startsWith(train.resolve("light").resolve("2.png") + "\t0\tlight"));
  }

  private static Path picture(Path file, String format, int width, int height, int grey)
      throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, grey << 16 | grey << 8 | grey);
    }
    assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
    return file;
  }

  @Test
  void afterFilesThatCannotBeReadTheOthersArePredictedAndTheStatusIs3() throws IOException {
    Path pictures = folder.resolve("pictures");
    for (String name : List.of("bad", "good")) {
      Path to = Files.createDirectories(pictures.resolve(name)).resolve("a.png");
      picture(to, "png", 4, 4, 90);
    }
    assertThat(CommandRun.of("train", "--force", "--train", pictures, "--model", model).status())
        .isZero();
    Path whole = pictures.resolve("good/a.png");
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = Files.write(folder.resolve("cut.png"), Arrays.copyOf(bytes, 60));
    Path none = folder.resolve("none.png");
    CommandRun run = CommandRun.of("predict", "--model", model, cut, whole, none, whole);
    assertThat(run.status()).isEqualTo(ExitStatus.BAD_FILE);
    assertThat(run.out().lines()).hasSize(2).allMatch(line -> line.startsWith(whole + "\t0\t"));
    assertThat(run.err().lines())
        .containsExactly(
            "lanewise: " + cut + ": is cut short", "lanewise: " + none + ": no such file");
    assertThat(CommandRun.of("predict", "--model", model, pictures).status()).isZero();
    Files.copy(cut, pictures.resolve("bad/cut.png"));
    run = CommandRun.of("predict", "--model", model, pictures);
    assertThat(run.status()).isEqualTo(ExitStatus.BAD_FILE);
    assertThat(run.out().lines()).hasSize(2);
    assertThat(run.err().lines()).singleElement().asString().contains("cut.png: is cut short");
  }
}
