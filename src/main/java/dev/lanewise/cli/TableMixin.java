// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.TextOptions;
import dev.lanewise.data.table.Formula;
import dev.lanewise.data.table.Role;
import dev.lanewise.data.table.TableOptions;
import dev.lanewise.data.table.TableOptions.Imputation;
import dev.lanewise.data.table.TableOptions.MissingCells;
import dev.lanewise.data.table.Term;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
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
      description = "The most levels of a column; a column with more is rejected (default: 100).")
  private int maxLevels = TableOptions.USUAL_LEVELS;

  @Option(
      names = "--rare-levels",
      description =
          "If a column has more levels than --max-levels, combine the rarest ones into (rare).")
  private boolean rareLevels;

  @Option(
      names = "--interactions",
      paramLabel = "A:B",
      split = ",",
      description = {
        "Products of columns of a table as further features: a:b, or a:b:c, with commas",
        "between several. A categorical column gives a product for each level."
      })
  private List<String> interactions = List.of();

  @Option(
      names = "--polynomial",
      paramLabel = "A:N",
      split = ",",
      description =
          "Powers of numeric columns as further features: a:3 adds a^2 and a^3 (N from 2 to 8).")
  private List<String> polynomials = List.of();

  @Option(
      names = "--formula",
      paramLabel = "'Y ~ A + B'",
      description = {
        "Label, features and terms as R writes them: 'y ~ a + b + a:b', 'y ~ a*b + I(a^2)', 'y ~ .';",
        "C(a) is categorical, - 1 leaves the intercept out. In the place of --labels, --keep, --categorical, --interactions and",
        "--polynomial."
      })
  private String formulaText;

  private Formula formula;

  private Map<String, Role> roles;

  /** Takes the roles of another run in the place of --columns. */
  void setRoles(Map<String, Role> given) {
    roles = given;
  }

  /** The column of the weights that --columns names, or null. */
  String weights() {
    return only(Role.WEIGHT).orElse(null);
  }

  /** Whether an option about tables is given. */
  boolean given() {
    return !options().given().isEmpty();
  }

  /**
   * The same options for tables.
   *
   * @throws ParameterException if a column is named twice, or a number is out of range
   */
  ReadOptions apply(ReadOptions given) {
    ReadOptions reading = formulaText == null ? given : withFormula(given);
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

  private ReadOptions withFormula(ReadOptions reading) {
    TextOptions text = reading.text();
    refuse(
        reading.entries().labels().isPresent()
            || !text.kept().isEmpty()
            || !categorical.isEmpty()
            || !interactions.isEmpty()
            || !polynomials.isEmpty(),
        "--formula says what --labels, --keep, --categorical, --interactions and --polynomial say;"
            + " leave these out");
    List<String> kept = formula().columns().orElse(List.of());
    refuse(
        !kept.isEmpty() && !text.dropped().isEmpty(),
        "--formula names the columns that are features; leave --drop out");
    return reading
        .named(reading.entries().features().orElse(null), formula().label())
        .laidOut(
            new TextOptions(
                text.header(),
                text.separator(),
                text.decimalComma(),
                text.dropped(),
                kept,
                text.firstIndex()));
  }

  /** Whether the formula says that there is no intercept. */
  boolean leavesInterceptOut() {
    return formulaText != null && !formula().intercept();
  }

  /** The columns in the order in which the formula names them; empty without a formula. */
  List<String> order() {
    return formulaText == null ? List.of() : formula().columns().orElse(List.of());
  }

  private Formula formula() {
    if (formula == null) {
      try {
        formula = Formula.parse(formulaText);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), e.getMessage(), e);
      }
    }
    return formula;
  }

  private List<Term> terms() {
    if (formulaText != null) {
      return formula().terms();
    }
    List<Term> terms = new ArrayList<>();
    for (String text : interactions) {
      List<String> factors = List.of(text.split(":", -1));
      refuse(
          factors.size() < 2 || Set.copyOf(factors).size() < factors.size(),
          "--interactions is for two columns or more with colons between them, no two the same, not '"
              + text
              + "'");
      terms.add(new Term(factors));
    }
    for (String text : polynomials) {
      int colon = text.lastIndexOf(':');
      refuse(
          colon < 1 || !text.substring(colon + 1).matches("[2-8]"),
          "--polynomial is a column and a degree from 2 to 8, as age:2, not '" + text + "'");
      for (int power = 2; power <= text.charAt(colon + 1) - '0'; power++) {
        terms.add(new Term(Collections.nCopies(power, text.substring(0, colon))));
      }
    }
    for (int i = 0; i < terms.size(); i++) {
      refuse(
          terms.subList(0, i).contains(terms.get(i)),
          "the term " + terms.get(i) + " is named twice; name it once");
    }
    return terms;
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
          formulaText == null ? categorical : formula().categorical(),
          Optional.ofNullable(missing),
          imputation,
          Set.copyOf(missingValues),
          minCount,
          maxLevels,
          rareLevels,
          false,
          terms());
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
