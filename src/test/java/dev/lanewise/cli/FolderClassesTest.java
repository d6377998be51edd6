// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The classes of a folder are its folders. Their numbers are the order of their names, and so
 * others in another set: what counts is the names.
 */
class FolderClassesTest {

  private static final List<String> COLOURS = List.of("blue", "green", "red");

  @TempDir private Path folder;

  /** Pictures of colours, in a folder for each that is called by it, or by another name. */
  private Path pictures(String name, List<String> colours, List<String> names) throws IOException {
    Path root = folder.resolve(name);
    for (int k = 0; k < colours.size(); k++) {
      Path to = Files.createDirectories(root.resolve(names.get(k)));
      for (int j = 0; j < 4; j++) {
        BufferedImage picture = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
        int level = 200 + 10 * j;
        int shift = 8 * COLOURS.indexOf(colours.get(k));
        for (int i = 0; i < 4; i++) {
          picture.setRGB(i % 2, i / 2, level << shift);
        }
        ImageIO.write(picture, "png", to.resolve(j + ".png").toFile());
      }
    }
    return root;
  }

  private Path model() {
    return folder.resolve("m.h5");
  }

  private CommandRun train(Object... more) {
    return CommandRun.of(
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of(
                    "train",
                    "--force",
                    "--iterations",
                    200,
                    "--learning-rate",
                    0.5,
                    "--json",
                    "--model",
                    model(),
                    "--train"),
                java.util.stream.Stream.of(more))
            .toArray());
  }

  private CommandRun evaluate(Path data, Object... more) {
    return CommandRun.of(
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of(
                    "evaluate", "--json", "--model", model(), "--data", data),
                java.util.stream.Stream.of(more))
            .toArray());
  }

  @Test
  void aFolderWithoutSomeOfTheClassesIsHeldAgainstTheirNames() throws IOException {
    Path all = pictures("all", COLOURS, COLOURS);
    List<String> some = List.of("green", "red");
    Path two = pictures("two", some, some);
    JsonNode trained = train(all, "--test", two).json();
    assertThat(trained.at("/testAccuracy").asDouble()).as("0 and 1 are 1 and 2").isEqualTo(1);
    JsonNode evaluated = evaluate(two).json();
    assertThat(evaluated.at("/accuracy").asDouble()).isEqualTo(1);
    assertThat(evaluated.at("/confusion").toString()).isEqualTo("[[0,0,0],[0,4,0],[0,0,4]]");
    // The other way round, what the model does not know is named.
    assertThat(train(two).status()).isZero();
    CommandRun more = evaluate(all);
    assertThat(more.status()).isEqualTo(3);
    assertThat(more.err()).contains("classes [blue, green, red], but the model has [green, red]");
    CommandRun others = evaluate(pictures("others", some, List.of("a", "b")));
    assertThat(others.err()).contains("classes [a, b], but the model has [green, red]");
  }

  @Test
  void aModelOfNumbersIsNotHeldAgainstTheOrderOfNames() throws IOException {
    // Green is class 0 and blue class 1; in the order of their names it is the other way round.
    List<String> turned = List.of("green", "blue");
    Path numbered = pictures("numbered", turned, List.of("0", "1"));
    Path named = pictures("named", turned, turned);
    assertThat(train(numbered).status()).isZero();
    for (CommandRun run : List.of(evaluate(named), train(numbered, "--test", named))) {
      assertThat(run.status()).isEqualTo(3);
      assertThat(run.out()).isEmpty();
      assertThat(run.err())
          .contains(": classes [blue, green], but ")
          .contains(" has [0, 1]; names are not matched with numbers: say with ");
    }
    JsonNode said = evaluate(named, "--positive", "blue").json();
    assertThat(said.at("/accuracy").asDouble()).isEqualTo(1);
    assertThat(CommandRun.of("predict", "--model", model(), named).status()).isZero();
    Path three = pictures("three", COLOURS, List.of("2", "0", "1"));
    assertThat(train(three).status()).isZero();
    CommandRun many = evaluate(pictures("colours", COLOURS, COLOURS));
    assertThat(many.status()).isEqualTo(3);
    assertThat(many.err())
        .contains("classes [blue, green, red], but the model has [0, 1, 2]; names are not");
    JsonNode same = evaluate(pictures("some", turned, List.of("0", "2"))).json();
    assertThat(same.at("/confusion").toString())
        .as("names that are numbers")
        .isEqualTo("[[4,0,0],[0,0,0],[0,0,4]]");
  }

  @Test
  void aQuestionAboutNumbersIsNotAskedOfTheOrderOfNames() throws IOException {
    assertThat(
            train(pictures("numbered", COLOURS, List.of("2", "0", "1")), "--positive", "2")
                .status())
        .isZero();
    CommandRun run = evaluate(pictures("named", COLOURS, COLOURS));
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("sample 0 is of class 'blue', expected one of 0, 1, 2");
  }

  @Test
  void whatIsBuiltOfAFolderIsStillOfNames() throws IOException {
    List<String> turned = List.of("green", "blue");
    Path named = pictures("named", turned, turned);
    Path built = folder.resolve("built.h5");
    assertThat(train(pictures("numbered", turned, List.of("0", "1"))).status()).isZero();
    assertThat(CommandRun.of("dataset", "build", named, "--out", built).status()).isZero();
    assertThat(evaluate(built).err())
        .contains("classes [blue, green], but the model has [0, 1]; names");
    assertThat(evaluate(built, "--positive", "blue").json().at("/accuracy").asDouble())
        .isEqualTo(1);
    // Answers to a question are names, too.
    Path asked = folder.resolve("asked.h5");
    CommandRun.of("dataset", "build", named, "--out", asked, "--positive", "blue");
    assertThat(evaluate(asked).status()).isEqualTo(3);
    assertThat(evaluate(asked, "--positive", "blue").json().at("/accuracy").asDouble())
        .isEqualTo(1);
  }

  @Test
  void textsInATableHaveNoNumbersEither() throws IOException {
    Path numbered = Files.writeString(folder.resolve("n.csv"), "a,y\n1,0\n2,0\n8,1\n9,1\n");
    Path named = Files.writeString(folder.resolve("t.csv"), "a,y\n1,no\n2,no\n8,but\n9,but\n");
    assertThat(train(numbered).status()).isZero();
    CommandRun run = evaluate(named);
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("classes [but, no], but the model has [0, 1]; names");
  }
}
