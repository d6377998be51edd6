// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of text as people have them, from training to prediction. */
class TextLayoutTest {

  @TempDir private Path folder;

  private record Flower(String id, double a, double b, String name) {}

  private static final List<Flower> FLOWERS = flowers();

  private static List<Flower> flowers() {
    Random random = new Random(7);
    return IntStream.range(0, 40)
        .mapToObj(
            j ->
                new Flower(
                    "P" + j,
                    j % 2 + random.nextGaussian() / 2,
                    random.nextGaussian(),
                    j % 2 == 0 ? "setosa" : "virginica"))
        .toList();
  }

  private Path file(String name, String header, Function<Flower, String> row) throws IOException {
    StringBuilder text = new StringBuilder(header);
    FLOWERS.forEach(flower -> text.append(row.apply(flower)).append('\n'));
    return Files.writeString(folder.resolve(name), text);
  }

  private static String numbers(String format, Flower flower) {
    return String.format(Locale.ROOT, format, flower.a(), flower.b());
  }

  private static CommandRun run(Object[] command, Object[] options) {
    return CommandRun.of(Stream.of(command, options).flatMap(Arrays::stream).toArray());
  }

  private Path model(Path train, Object... options) {
    Path model = folder.resolve("model.h5");
    Object[] args = {
      "train", "--force", "--train", train, "--solver", "newton", "--l2", "1", "--model", model
    };
    CommandRun run = run(args, options);
    assertThat(run.status()).as(run.err()).isZero();
    return model;
  }

  /** What is predicted of a file: class and probability of each sample. */
  private static List<String> predicted(Path model, Path file, Object... options) {
    Object[] args = {"predict", "--model", model, file};
    CommandRun run = run(args, options);
    assertThat(run.status()).as(run.err()).isZero();
    return run.out().lines().map(line -> line.substring(line.indexOf('\t'))).toList();
  }

  @Test
  void columnsThatWereDroppedAreFoundAgainByName() throws IOException {
    Path train =
        file(
            "train.csv",
            "id,a,b,name\n",
            flower -> flower.id() + numbers(",%f,%f,", flower) + flower.name());
    Path model = model(train, "--labels", "name", "--drop", "id");
    List<String> expected = predicted(model, train);
    Path bare = file("bare.csv", "b;a\n", f -> numbers("%2$f;%1$f", f));
    assertThat(predicted(model, bare)).isEqualTo(expected);
    CommandRun evaluated =
        CommandRun.of("evaluate", "--model", model, "--data", train, "--labels", "name");
    assertThat(evaluated.out()).contains("Accuracy  ");
    assertThat(CommandRun.of("info", model).out()).contains("a, b");
    assertThat(predicted(model(train, "--labels", "3", "--keep", "a,b"), train))
        .isEqualTo(expected);
  }

  @Test
  void columnsWithoutNamesAreFoundAgainByNumber() throws IOException {
    Path train = file("train.data", "", f -> f.id() + numbers(",%f,%f,", f) + f.name());
    assertThat(CommandRun.of("train", "--train", train, "--labels", "3").err())
        .contains("--no-header");
    Object[] options = {"--no-header", "--labels", "3", "--drop", "0"};
    Path model = model(train, options);
    List<String> expected = predicted(model, train, "--no-header");
    assertThat(predicted(model, train, options)).isEqualTo(expected);
    Path bare = file("bare.data", "", f -> numbers("%f %f", f));
    assertThat(predicted(model, bare)).isEqualTo(expected);
    assertThat(CommandRun.of("info", model).out()).contains("columns 1, 2 of a table of 4");
    CommandRun evaluated =
        CommandRun.of(
            "evaluate", "--model", model, "--data", train, "--no-header", "--labels", "3");
    assertThat(evaluated.out()).contains("Accuracy  ");
  }

  @Test
  void indicesAreCountedAsInTheFileLearnedFrom() throws IOException {
    Path train =
        file("train.svm", "", f -> (f.name().equals("setosa") ? 0 : 1) + numbers(" 0:%f 1:%f", f));
    CommandRun said = CommandRun.of("train", "--train", train, "--solver", "newton", "--l2", "1");
    assertThat(said.err()).contains("it has an index 0: features are counted from 0");
    Path model = model(train);
    List<String> expected = predicted(model, train);
    assertThat(CommandRun.of("info", model).out()).contains("indices from 0");
    // The second feature alone: of the file itself it could be the first.
    Path second = file("second.svm", "", f -> numbers("0 1:%2$f", f));
    Path table = file("second.csv", "a b\n", f -> numbers("0 %2$f", f));
    assertThat(predicted(model, second)).isEqualTo(predicted(model, table));
    Path fromOne = file("one.svm", "", f -> numbers("0 1:%f 2:%f", f));
    assertThat(CommandRun.of("predict", "--model", model, fromOne).err())
        .contains("line 1: index 2, expected samples of 2 features: indices 0 to 1");
    assertThat(predicted(model, fromOne, "--first-index", "1")).isEqualTo(expected);
    CommandRun refused = CommandRun.of("predict", "--model", model(fromOne), train);
    assertThat(refused.status()).isEqualTo(ExitStatus.BAD_FILE);
    assertThat(refused.err()).contains("line 1: index 0, expected indices from 1, as in the data");
  }

  @Test
  void oneFeatureIsEnough() throws IOException {
    Path train = file("train.csv", "hours,pass\n", f -> numbers("%f,", f) + f.name());
    Path model = model(train, "--labels", "pass");
    List<String> expected = predicted(model, train);
    assertThat(predicted(model, file("new.csv", "hours\n", f -> numbers("%f", f))))
        .isEqualTo(expected);
    assertThat(predicted(model, file("bare.csv", "", f -> numbers("%f", f)))).isEqualTo(expected);
    CommandRun evaluated =
        CommandRun.of("evaluate", "--model", model, "--data", train, "--labels", "pass");
    assertThat(evaluated.status()).isZero();
  }

  @Test
  void optionsThatCannotBeAreRefused() throws IOException {
    Path table = file("t.csv", "a,b,label\n", f -> numbers("%f,%f,", f) + f.name());
    Path svm = file("t.svm", "", f -> numbers("0 1:%f 2:%f", f));
    assertUsage("choose one of --header and --no-header", table, "--header", "--no-header");
    assertUsage("choose one of --drop and --keep", table, "--drop", "a", "--keep", "b");
    assertUsage("--first-index is auto, 0 or 1, not '2'", table, "--first-index", "2");
    assertUsage("--separator is a character such as ;", table, "--separator", "ab");
    assertUsage("--separator is a character such as ;", table, "--separator", ".");
    assertThat(CommandRun.of("info", svm, "--drop", "a").err())
        .contains("is LIBSVM, which --drop is not for");
    assertThat(CommandRun.of("info", table, "--first-index", "0").err())
        .contains("is CSV, which --first-index is not for");
    assertThat(CommandRun.of("train", "--drop", "a").err()).contains("need --train");
    assertThat(CommandRun.of("info", table, "--separator", "comma").status()).isZero();
  }

  private static void assertUsage(String problem, Path file, Object... options) {
    Object[] args = {"info", file};
    CommandRun run = run(args, options);
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains(problem);
  }

  @Test
  void datasetsAreBuiltAndSplitOfTheSameTables() throws IOException {
    Path train = file("train.data", "", f -> f.id() + numbers(",%f,%f,", f) + f.name());
    Object[] layout = {"--no-header", "--labels", "3", "--keep", "1,2"};
    for (Object[] command :
        new Object[][] {
          {"dataset", "build", train, "--out", folder.resolve("all.h5")},
          {
            "dataset",
            "split",
            train,
            "--train",
            folder.resolve("a.h5"),
            "--test",
            folder.resolve("b.h5")
          },
          {"info", train}
        }) {
      CommandRun run = run(command, layout);
      assertThat(run.status()).as(run.err()).isZero();
    }
    assertThat(CommandRun.of("info", folder.resolve("all.h5")).out())
        .contains("40 samples of 2 (20 virginica, 20 setosa)");
  }
}
