// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.table.Role;
import dev.lanewise.data.table.TableOptions;
import dev.lanewise.data.table.TableOptions.Imputation;
import dev.lanewise.data.table.TableOptions.MissingCells;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say how the columns of a table become features. */
final class TableMixin {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--columns",
      paramLabel = "FILE",
      description = "The roles of columns, as 'dataset describe --json' prints them.")
  private Path columnsFile;

  @Option(
      names = "--categorical",
      paramLabel = "NAME",
      split = ",",
      description = {
        "Columns of a table that are categorical although they have numbers: each level becomes a",
        "feature (default: columns of texts)."
      })
  private List<String> categorical = List.of();

  @Option(
      names = "--missing",
      paramLabel = "refuse|drop|impute",
      description = {
        "Missing cells of a table (empty, NA, N/A, NaN, null, ?, ...). refuse: reject the table. drop:",
        "leave out their rows. impute (default; with --strict: refuse): a number becomes that of",
        "--impute, with a feature that says so; in a categorical column they are a level."
      })
  private MissingCells missing;

  @Option(
      names = "--impute",
      paramLabel = "median|mean",
      description = "The number that replaces missing ones (default: median).")
  private Imputation imputation = Imputation.MEDIAN;

  @Option(
      names = "--missing-values",
      paramLabel = "TEXT",
      split = ",",
      description = "Further texts that stand for a missing cell, for instance -,999.")
  private List<String> missingValues = List.of();

  @Option(
      names = "--min-count",
      paramLabel = "N",
      description = "Levels with fewer rows become one level, (rare) (default: 1).")
  private int minCount = 1;

  @Option(
      names = "--max-levels",
      paramLabel = "N",
      description = "The most levels of a column; more are refused (default: 100).")
  private int maxLevels = TableOptions.USUAL_LEVELS;

  @Option(
      names = "--rare-levels",
      description = "Of more levels than --max-levels, take the rarest together as (rare).")
  private boolean rareLevels;

  private Map<String, Role> roles;

  /** Takes the roles of another run in the place of --columns. */
  void setRoles(Map<String, Role> given) {
    roles = given;
  }

  /** The column of the weights that --columns names, or null. */
  String weights() {
    return only(Role.WEIGHT).orElse(null);
  }

  /** Whether anything is said of tables. */
  boolean given() {
    return !options().given().isEmpty();
  }

  /**
   * The same options for tables.
   *
   * @throws ParameterException if a column is named twice, or a number is out of range
   */
  ReadOptions apply(ReadOptions reading) {
    Optional<String> label = only(Role.LABEL);
    ReadOptions named =
        reading.entries().labels().isPresent() || label.isEmpty()
            ? reading
            : reading.named(reading.entries().features().orElse(null), label.get());
    refuseRepeated(categorical, "--categorical");
    refuseRepeated(reading.text().dropped(), "--drop");
    refuseRepeated(reading.text().kept(), "--keep");
    for (String name : categorical) {
      refuse(
          reading.text().dropped().contains(name),
          "column '" + name + "' is in --categorical and in --drop; name it once");
    }
    return named.with(options());
  }

  private void refuseRepeated(List<String> names, String option) {
    for (int i = 0; i < names.size(); i++) {
      refuse(
          names.subList(0, i).contains(names.get(i)),
          "column '" + names.get(i) + "' is named twice in " + option + "; name it once");
    }
  }

  private void refuse(boolean wrong, String message) {
    if (wrong) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  private TableOptions options() {
    Map<String, Role> others = new HashMap<>(roles());
    others.values().removeIf(role -> role == Role.LABEL || role == Role.WEIGHT);
    try {
      return new TableOptions(
          false,
          others,
          categorical,
          Optional.ofNullable(missing),
          imputation,
          Set.copyOf(missingValues),
          minCount,
          maxLevels,
          rareLevels,
          false);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** The roles that --columns names. */
  Map<String, Role> roles() {
    if (roles == null) {
      roles = columnsFile == null ? Map.of() : ColumnsFile.read(columnsFile);
    }
    return roles;
  }

  private Optional<String> only(Role role) {
    return roles().entrySet().stream()
        .filter(entry -> entry.getValue() == role)
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
