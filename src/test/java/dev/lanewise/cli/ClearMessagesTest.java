// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages say where something is wrong, what it is, and what to do. */
class ClearMessagesTest {

  private static final String ROWS = "1,2,0\n3,1,1\n2,5,0\n4,4,1\n";

  @TempDir private Path folder;

  private CommandRun train(String text, Object... more) throws IOException {
    Path table = Files.writeString(folder.resolve("t.csv"), text);
    Object[] words = new Object[5 + more.length];
    System.arraycopy(
        new Object[] {"train", "--train", table, "--solver", "newton"}, 0, words, 0, 5);
    System.arraycopy(more, 0, words, 5, more.length);
    return CommandRun.of(words);
  }

  private static void assertRefused(CommandRun run, int status, String... parts) {
    assertThat(run.err()).contains(parts);
    assertThat(run.status()).isEqualTo(status);
  }

  // ~ ends a line, ' is a quote, ^ is the control character ESC.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a,b,label~1,2,0~'3,1,1~2,5,0~4,4,1~|line 3 has 1 fields, expected 3; a quote in it is perhaps not closed",
        "label,a~0,'u'~1,'v~0,'u'~1,'v'~|line 3: text follows the end of a field in quotes, or a quote before it is not closed",
        "a,b,label,~1,2,0~3,1,1~|column 3 has no name, as the first line ends with a separator; remove the separator",
        "My table~a,b,label~1,2,0~3,1,1~|the first line has 1 fields, 'My table', and the next has 3; if it is a title, remove it",
        "Table 1; 2024~a,b,label~1,2,0~3,1,1~|the first line has 1 fields, 'Table 1; 2024', and the next has 3",
        "Fold;1x3 Cross validator~1, 2, 0~3, 1, 1~|the first line has 1 fields, 'Fold;1x3 Cross validator', and the next has 3",
        "sep=;~a,b,label~1,2,0~3,1,1~|its first line names the separator, and --separator another one",
        "a,b,label~1,^2,0~3,1,1~|line 2 has the control character U+001B in it, expected text",
        "^a,b,label~1,2,0~3,1,1~|line 1 has the control character U+001B in it",
        "a,b,label~1,2,0~3,1,1^~|line 3 has the control character U+001B in it",
        "'a~x',b,label~1,2,0~3,1,1~|of its columns, the name 'a\\nx' has a control character in it",
      })
  void tablesThatCannotBeRead(String text, String problem) throws IOException {
    String whole = text.replace('~', '\n').replace('\'', '"').replace('^', '\u001b');
    assertRefused(train(whole), 3, problem);
  }

  @Test
  void pointsBetweenThousandsAreNoTexts() throws IOException {
    String text = "a;label\n1.000,5;0\n1.007,5;1\n1.014,25;0\n2.100,0;1\n";
    assertRefused(
        train(text, "--decimal-comma"),
        3,
        "line 2: column 'a' is '1.000,5', expected a number without points between thousands");
  }

  @Test
  void aFormulaWithAnUnknownNameIsNamed() throws IOException {
    assertRefused(
        train("a,b,label\n" + ROWS, "--formula", "label ~ a + nix"),
        3,
        "has no column 'nix'",
        "--formula, expected one of a, b, label");
  }

  @Test
  void noHiddenUnitsAreNoLayers() throws IOException {
    assertRefused(
        CommandRun.of("train", "--hidden", ","), 2, "--hidden is the units of each layer");
  }

  @Test
  void weightsOfOtherFormatsAreNotRead() throws IOException {
    Path file = Files.writeString(folder.resolve("t.svm"), "1 1:2\n0 1:3\n1 1:1\n");
    assertRefused(
        CommandRun.of("train", "--train", file, "--weights", "w"),
        3,
        "no weights 'w' can be read from LIBSVM; keep them in HDF5, or as a column of CSV");
  }

  @ParameterizedTest
  @CsvSource({
    "e\u0301, \u00e9, look alike",
    "no\u200b, no, look alike",
    "a\u00a0b, 'a b', look alike",
    "No, no, spell the labels alike"
  })
  void classesThatLookAlikeAreTold(String one, String other, String problem) throws IOException {
    CommandRun run =
        train("a,label\n1," + one + "\n3," + other + "\n2," + one + "\n1," + other + "\n");
    assertThat(run.err()).contains("are two classes").contains(problem);
    assertThat(run.status()).isZero();
  }

  @Test
  void classesThatAModelHasNot() throws IOException {
    Path model = folder.resolve("m.h5");
    assertThat(train("a,label\n1,x\n3,y\n2,x\n", "--model", model).status()).isZero();
    Path other = Files.writeString(folder.resolve("o.csv"), "a,label\n1,X\n3,Y\n");
    assertRefused(
        CommandRun.of("evaluate", "--model", model, "--data", other),
        3,
        "classes [X, Y], but the model has [x, y]; name them alike, or say with --positive");
  }

  @Test
  void smallWeightsAreNotZeros() throws IOException {
    String rows = "1e12,0\n3e12,1\n2e12,0\n2.5e12,1\n1.5e12,1\n2.6e12,0\n";
    CommandRun run = train("a,label\n" + rows);
    assertThat(run.out()).containsPattern("Weights norm +[1-9]\\.[0-9]{7}e-[0-9]{2}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"columns\":[{\"name\":\"a\",\"role\":\"numeric\"}]} x|is not JSON",
        "{\"columns\":[{\"name\":\"a\",\"role\":\"numeric\"}]} {}|has no roles of columns",
        "{\"columns\":[|is not JSON: line 1: Unexpected end-of-input: expected close marker for Array\n",
      })
  void rolesThatAreNoJson(String text, String problem) throws IOException {
    Path roles = Files.writeString(folder.resolve("roles.json"), text);
    CommandRun run = train("a,b,label\n" + ROWS, "--columns", roles);
    assertRefused(run, 3, problem);
  }

  @Test
  void rolesMayBeginWithAByteOrderMark() throws IOException {
    String text =
        "\ufeff{\"columns\":[{\"name\":\"a\",\"role\":\"numeric\"},{\"name\":\"label\",\"role\":\"label\"}]}";
    Path roles = Files.writeString(folder.resolve("roles.json"), text);
    assertThat(train("a,b,label\n" + ROWS, "--columns", roles).status()).isZero();
    Path none = folder.resolve("none.json");
    assertRefused(train("a,b,label\n" + ROWS, "--columns", none), 3, "none.json: no such file");
  }
}
