// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lanewise.data.DataDigest;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.model.DataProvenance;
import dev.lanewise.model.LanewiseVersion;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelFile;
import dev.lanewise.model.Provenance;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.SolverChoice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.OptionSpec;

/** {@code lanewise reproduce}: what is the same comes out the same, and what differs is named. */
class ReproduceCommandTest {

  @TempDir private Path folder;

  private Path table() throws IOException {
    Path file = folder.resolve("credit.csv");
    if (Files.notExists(file)) {
      try (InputStream in = getClass().getResourceAsStream("/summaries/credit.csv")) {
        Files.copy(in, file);
      }
    }
    return file;
  }

  private Path model() {
    return folder.resolve("m.h5");
  }

  private void train(Object... more) throws IOException {
    List<Object> words =
        new ArrayList<>(List.of("train", "--force", "--train", table(), "--model", model()));
    words.addAll(List.of("--labels", "class"));
    words.addAll(List.of(more));
    CommandRun run = CommandRun.of(words.toArray());
    assertThat(run.status()).as(run.err()).isZero();
  }

  private CommandRun reproduce(Object... more) throws IOException {
    List<Object> words = new ArrayList<>(List.of("reproduce", model(), "--train", table()));
    words.addAll(List.of(more));
    return CommandRun.of(words.toArray());
  }

  private static List<String> kinds(CommandRun run) {
    List<String> kinds = new ArrayList<>();
    run.json()
        .get("predicate")
        .get("differences")
        .forEach(
            difference ->
                kinds.add(difference.get("kind").asText() + " " + difference.get("what").asText()));
    return kinds;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--solver gd --iterations 30 --engine primal --scale standard",
        "--solver gd --iterations 30 --engine gram --scale standard --learning-rate 0.1",
        "--solver gd --iterations 20 --init normal --seed 3 --l1 0.5",
        "--solver newton --l2 1 --scale standard --summary --standard-errors hc1",
        "--solver newton --l2 0.1,1,10 --folds 3 --scale standard --class-weight balanced",
        "--solver lbfgs --l1 1 --scale standard --weights weight",
        "--solver sgd --epochs 3 --scale standard --seed 7 --momentum 0.9 --nesterov --holdout 0.2",
        "--solver sgd --epochs 4 --optimizer adam --batch-size 16 --scale standard --tolerance 1e-9",
        "--solver sgd --epochs 3 --schedule step --decay 0.3 --decay-every 2 --scale standard",
        "--solver sgd --epochs 2 --schedule inverse-time --scale standard --optimizer adamw --l2 1",
        "--hidden 4,3 --activation tanh --epochs 2 --dropout 0.2 --scale standard --seed 5",
        "--hidden 3 --solver lbfgs --iterations 10 --init glorot --seed 2 --scale standard",
        "--hidden 3 --solver gd --iterations 10 --init numpy:0.01 --seed 2 --scale standard",
        "--solver gd --iterations 30 --engine primal --scale standard --no-intercept",
        "--solver gd --iterations 30 --engine gram --scale standard --no-intercept",
        "--solver newton --scale standard --no-intercept --summary --standard-errors hc0",
        "--solver newton --l2 1 --labels housing --scale standard --no-intercept --folds 3",
        "--solver lbfgs --l1 1 --scale standard --no-intercept",
        "--solver lbfgs --l2 1 --labels housing --multi-class ovr --no-intercept",
        "--solver sgd --epochs 3 --scale standard --momentum 0.9 --holdout 0.2 --no-intercept",
        "--solver newton --l2 1 --labels housing --scale standard",
        "--solver lbfgs --l2 1 --labels housing --multi-class ovr --scale standard",
        "--solver newton --l2 1 --labels housing --positive rent,own --scale standard",
        "--solver newton --l2 1 --missing drop --drop purpose,weight --min-count 40",
        "--solver newton --l2 1 --categorical existing_credits --impute mean --max-levels 50",
        "--solver newton --l2 1 --scale standard --choose-threshold f1 --folds 4 --seed 2",
        "--solver newton --l2 1 --scale standard --threshold 0.4 --class-names good,bad",
        "--solver newton",
        "--holdout 0.2 --seed 4",
        "--solver gd --iterations 9 --engine gram --holdout 0.3 --scale standard",
        "--iterations 20 --scale none",
        "--tolerance 1e-8",
        "--l1 2",
        "--scale none --l2 3",
        "--summary --no-intercept",
        "--labels housing --multi-class ovr",
        "--hidden 3 --epochs 2",
      })
  void aModelOfEachSolverComesOutTheSame(String options) throws IOException {
    List<Object> words = new ArrayList<>(List.of("train", "--train", table(), "--model", model()));
    words.addAll(List.of((Object[]) options.split(" ")));
    if (!options.contains("--labels")) {
      words.addAll(List.of("--labels", "class"));
    }
    words.addAll(List.of("--kernel", "scalar", "--threads", "1"));
    CommandRun run = CommandRun.of(words.toArray());
    assertThat(run.status()).as(run.err()).isZero();

    CommandRun again = reproduce("--kernel", "simd", "--lanes", "4", "--threads", "3", "--json");
    assertThat(again.status()).as(again.out() + again.err()).isZero();
    JsonNode predicate = again.json().get("predicate");
    assertThat(predicate.get("reproduced").asBoolean()).isTrue();
    assertThat(predicate.get("differences")).isEmpty();
    assertThat(predicate.get("model").get("kernel").asText()).isEqualTo("scalar");
    assertThat(predicate.get("reproduction").get("kernel").asText()).isEqualTo("simd");
    CommandRun text = reproduce();
    assertThat(text.status()).isZero();
    assertThat(text.out()).contains("Reproduced  yes, all bits are the same");
  }

  @Test
  void aModelIsReproducedFromTheSameNumbersInOtherStorage() throws IOException {
    assertThat(CommandRun.of("train", "--iterations", 20, "--model", model()).status()).isZero();
    assertThat(CommandRun.of("reproduce", model()).status()).isZero();
    Path packed = Path.of("datasets", "drawn-cats-train.h5");
    for (String map : List.of("never", "always")) {
      CommandRun run = CommandRun.of("reproduce", model(), "--train", packed, "--map", map);
      assertThat(run.status()).as(run.out() + run.err()).isZero();
    }
  }

  @Test
  void aChangedCellIsNamedAsData() throws IOException {
    train("--solver", "newton", "--l2", "1", "--scale", "standard");
    String digest = ModelFile.read(model()).provenance().data().sha256();
    List<String> lines = new ArrayList<>(Files.readAllLines(table()));
    lines.set(7, lines.get(7).replaceFirst(",[0-9]+,", ",13,"));
    Files.write(table(), lines);

    CommandRun run = reproduce("--json");
    assertThat(run.status()).isEqualTo(5);
    assertThat(kinds(run)).contains("data sha256", "numbers weights sha256");
    assertThat(kinds(run)).noneMatch(kind -> kind.startsWith("options"));
    JsonNode first = run.json().get("predicate").get("differences").get(0);
    assertThat(first.get("model").asText()).isEqualTo(digest);
    assertThat(first.get("reproduction").asText()).hasSize(64).isNotEqualTo(digest);
    assertThat(reproduce().out())
        .contains("Differs     data, sha256: '" + digest + "' in the model")
        .contains("Reproduced  no");
  }

  @Test
  void aRowMoreOrLessIsCounted() throws IOException {
    train("--solver", "newton", "--l2", "1", "--scale", "standard");
    List<String> lines = Files.readAllLines(table());
    Files.write(table(), lines.subList(0, lines.size() - 1));
    CommandRun run = reproduce("--json");
    assertThat(run.status()).isEqualTo(5);
    assertThat(kinds(run)).contains("data sha256", "data samples");
  }

  @Test
  void rowsInAnotherOrderAreOtherData() throws IOException {
    train("--solver", "newton", "--l2", "1", "--scale", "standard");
    List<String> lines = new ArrayList<>(Files.readAllLines(table()));
    lines.add(lines.remove(1));
    Files.write(table(), lines);
    assertThat(kinds(reproduce("--json"))).contains("data sha256");
  }

  @Test
  void anotherOptionIsNamed() throws IOException {
    train("--solver", "newton", "--l2", "1", "--scale", "standard");
    CommandRun run = reproduce("--option", "l2=2", "--json");
    assertThat(run.status()).isEqualTo(5);
    assertThat(kinds(run)).containsExactly("options l2", "numbers weights sha256");
    assertThat(reproduce("--option", "l2=2").out())
        .contains("Differs     options, l2: '1.0' in the model, '2.0' here");

    CommandRun table = reproduce("--option", "min-count=70", "--json");
    assertThat(table.status()).isEqualTo(5);
    assertThat(kinds(table)).contains("options arguments", "numbers encoding of columns");
  }

  @Test
  void anotherVersionOfTheContractIsNamed() throws IOException {
    train("--solver", "newton", "--l2", "1", "--scale", "standard");
    Model model = ModelFile.read(model());
    ModelFile.write(changed(model, LanewiseVersion.CONTRACT + 1, 0), model());
    CommandRun same = reproduce("--json");
    assertThat(same.status()).isZero();
    assertThat(kinds(same)).containsExactly("contract version");

    ModelFile.write(changed(model, LanewiseVersion.CONTRACT + 1, 1), model());
    CommandRun other = reproduce("--json");
    assertThat(other.status()).isEqualTo(5);
    assertThat(kinds(other)).containsExactly("contract version", "numbers weights sha256");
  }

  @Test
  void aModelOfOtherNumbersIsAFault() throws IOException {
    train("--solver", "newton", "--l2", "1", "--scale", "standard");
    Model model = ModelFile.read(model());
    ModelFile.write(changed(model, LanewiseVersion.CONTRACT, 1), model());
    CommandRun run = reproduce();
    assertThat(run.status()).isEqualTo(5);
    assertThat(run.out())
        .contains("Differs     numbers, weights sha256")
        .contains("Reproduced  no, although data and options are the same");
    ModelFile.write(model.withThreshold(0.25f), model());
    assertThat(kinds(reproduce("--json"))).containsExactly("numbers threshold");
  }

  /**
   * The model with another version of the contract, and a weight some units in the last place off.
   */
  private static Model changed(Model model, int contract, int ulps) {
    Provenance old = model.provenance();
    Provenance provenance =
        new Provenance(
            old.lanewise(),
            contract,
            old.trainedAt(),
            old.java(),
            old.system(),
            old.cpu(),
            old.engine(),
            old.kernel(),
            old.lanes(),
            old.threads(),
            old.options(),
            old.arguments(),
            old.data());
    float[] weights = model.weights();
    weights[2] += ulps * Math.ulp(weights[2]);
    return new Model(weights, model.bias(), model.schema(), provenance);
  }

  @Test
  void theModelToStartFromIsAskedForAndCompared() throws IOException {
    Path first = folder.resolve("first.h5");
    train("--solver", "sgd", "--epochs", "1", "--scale", "standard");
    Files.copy(model(), first);
    train("--solver", "sgd", "--epochs", "1", "--scale", "standard", "--from", first);
    CommandRun without = reproduce();
    assertThat(without.status()).isEqualTo(2);
    assertThat(without.err()).contains("name its file with --from");
    assertThat(reproduce("--from", first).status()).isZero();
    CommandRun other = reproduce("--from", model(), "--json");
    assertThat(other.status()).isEqualTo(5);
    assertThat(kinds(other)).contains("options from");
  }

  @Test
  void theRolesOfColumnsAreInTheModelNotInTheirFile() throws IOException {
    Path roles = folder.resolve("columns.json");
    Files.writeString(
        roles,
        "{\"columns\": [{\"name\": \"class\", \"role\": \"label\"},"
            + " {\"name\": \"existing_credits\", \"role\": \"categorical\"},"
            + " {\"name\": \"purpose\", \"role\": \"ignored\"}]}");
    CommandRun run =
        CommandRun.of(
            "train",
            "--train",
            table(),
            "--columns",
            roles,
            "--solver",
            "newton",
            "--l2",
            "1",
            "--model",
            model());
    assertThat(run.status()).as(run.err()).isZero();
    Files.delete(roles);
    CommandRun again = reproduce();
    assertThat(again.status()).as(again.out() + again.err()).isZero();
    assertThat(again.out()).contains("existing_credits");
  }

  @Test
  void aModelOfTheLibraryIsReproduced() throws IOException {
    Path file = folder.resolve("plain.csv");
    Files.write(
        file,
        IntStream.range(0, 80)
            .mapToObj(i -> i == 0 ? "a,b,y" : i * 7 % 11 + "," + i * 5 % 13 + "," + i * i % 7 % 2)
            .toList());
    try (Dataset data = Datasets.read(file, ReadOptions.labelled().exact());
        Dataset scaled = data.standardized()) {
      Hyperparameters options = Hyperparameters.of(SolverChoice.LBFGS);
      ModelFile.write(new LogisticRegression(options).fit(scaled).model(), model());
    }
    CommandRun run = CommandRun.of("reproduce", model(), "--train", file);
    assertThat(run.status()).as(run.out() + run.err()).isZero();
  }

  @Test
  void theStatementIsOneOfInToto() throws IOException {
    train("--solver", "newton", "--l2", "1");
    JsonNode statement = reproduce("--json").json();
    assertThat(statement.get("_type").asText()).isEqualTo("https://in-toto.io/Statement/v1");
    JsonNode subject = statement.get("subject").get(0);
    assertThat(subject.get("name").asText()).isEqualTo("m.h5");
    assertThat(subject.get("digest").get("sha256").asText())
        .isEqualTo(
            java.util.HexFormat.of().formatHex(sha256().digest(Files.readAllBytes(model()))));
    assertThat(statement.get("predicateType").asText()).endsWith("#predicate-v1");
    JsonNode predicate = statement.get("predicate");
    for (String side : List.of("model", "reproduction")) {
      assertThat(predicate.get(side).get("data").get("sha256").asText()).hasSize(64);
      assertThat(predicate.get(side).get("contract").asInt()).isEqualTo(LanewiseVersion.CONTRACT);
    }
    assertThat(predicate.get("model").get("arguments").get(0).asText()).isEqualTo("--labels=class");
  }

  private static java.security.MessageDigest sha256() {
    try {
      return java.security.MessageDigest.getInstance("SHA-256");
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatCannotBeTrainedIsRejectedWithOneLine() throws IOException {
    train("--solver", "newton", "--l2", "1");
    CommandRun unknown = reproduce("--option", "lambda=1");
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err()).contains("the model cannot be trained again as its file says");
    CommandRun missing = CommandRun.of("reproduce", model(), "--train", folder.resolve("no.csv"));
    assertThat(missing.status()).isEqualTo(3);
    CommandRun noModel = CommandRun.of("reproduce", table(), "--train", table());
    assertThat(noModel.status()).isEqualTo(3);
  }

  /** An option of train that is new must be put where it belongs. */
  @Test
  void eachOptionOfTrainIsLearnedRecordedOrOutside() {
    Set<String> recorded = new TreeSet<>();
    for (OptionSpec option :
        Commands.whole().getSubcommands().get("train").getCommandSpec().options()) {
      String name = option.longestName();
      if (!TrainingArguments.LEARNING.contains(name) && !TrainingArguments.OUTSIDE.contains(name)) {
        recorded.add(name);
      }
    }
    assertThat(recorded)
        .containsExactly(
            "--calibrate",
            "--categorical",
            "--choose-threshold",
            "--class-from-name",
            "--class-names",
            "--columns",
            "--decimal-comma",
            "--drop",
            "--features",
            "--first-index",
            "--folds",
            "--formula",
            "--header",
            "--impute",
            "--interactions",
            "--keep",
            "--label-type",
            "--labels",
            "--max-levels",
            "--min-count",
            "--missing",
            "--missing-labels",
            "--missing-values",
            "--no-header",
            "--polynomial",
            "--positive",
            "--rare-levels",
            "--scale",
            "--separator",
            "--size",
            "--standard-errors",
            "--strict",
            "--summary",
            "--threshold",
            "--weights");
  }

  @Test
  void anOlderModelWithoutArgumentsIsReproducedWithOptions() throws IOException {
    train("--solver", "newton", "--l2", "1", "--scale", "standard");
    Model model = ModelFile.read(model());
    DataProvenance data = model.provenance().data();
    assertThat(data.digest()).isEqualTo(DataDigest.BLOCKS);
    ModelFile.write(model.withArguments(List.of()), model());
    assertThat(reproduce("--option", "labels=class").status()).isZero();
    Map<String, String> options = new LinkedHashMap<>(model.provenance().options());
    assertThat(options).containsEntry("solver", "newton");
  }
}
