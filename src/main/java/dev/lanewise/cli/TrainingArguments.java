// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.table.Formula;
import dev.lanewise.data.table.Role;
import dev.lanewise.model.Model;
import dev.lanewise.model.Provenance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The arguments of {@code train} that decide what a model is. Those of learning are the options of
 * the provenance, with all defaults; the others (how data are read, what is chosen after training)
 * are recorded as they were given.
 */
final class TrainingArguments {

  /** The options whose values the provenance has, by the same names. */
  static final Set<String> LEARNING =
      Set.of(
          "--activation",
          "--batch-size",
          "--class-weight",
          "--decay",
          "--decay-every",
          "--dropout",
          "--engine",
          "--epochs",
          "--from",
          "--hidden",
          "--holdout",
          "--init",
          "--iterations",
          "--l1",
          "--l2",
          "--learning-rate",
          "--momentum",
          "--multi-class",
          "--nesterov",
          "--no-intercept",
          "--one-standard-error",
          "--optimizer",
          "--patience",
          "--schedule",
          "--seed",
          "--solver",
          "--tolerance");

  /** The options on which no bit of the model depends. */
  static final Set<String> OUTSIDE =
      Set.of(
          "--checkpoint",
          "--checkpoint-every",
          "--cost-every",
          "--force",
          "--help",
          "--json",
          "--kernel",
          "--lanes",
          "--learning-curve",
          "--map",
          "--model",
          "--plot",
          "--quiet",
          "--report",
          "--resume",
          "--test",
          "--test-features",
          "--test-labels",
          "--threads",
          "--train",
          "--verbose",
          "--version");

  private static final String COLUMNS = "--columns";
  private static final String FOLDS = "--folds";

  /** Numbers of Adam that the command line cannot change. */
  private static final Set<String> FIXED = Set.of("beta1", "beta2", "epsilon");

  private TrainingArguments() {}

  /**
   * The arguments to be recorded; of --columns the roles, not the file.
   *
   * @param standardizedByDefault whether features were standardised without --scale
   * @param heldOut the fraction of the samples that was not trained on, but for sgd; 0 for none
   */
  static List<String> recorded(
      ParseResult parsed, Map<String, Role> roles, boolean standardizedByDefault, double heldOut) {
    List<String> words = new ArrayList<>();
    if (standardizedByDefault) {
      words.add("--scale=standard");
    }
    if (heldOut > 0) {
      words.add("--holdout=" + heldOut);
    }
    // Folds that chose a penalty have done their work.
    boolean folds =
        parsed.hasMatchedOption("--choose-threshold") || parsed.hasMatchedOption("--calibrate");
    for (OptionSpec option : parsed.matchedOptionsSet()) {
      String name = option.longestName();
      if (LEARNING.contains(name) || OUTSIDE.contains(name) || name.equals(FOLDS) && !folds) {
        continue;
      }
      if (name.equals(COLUMNS)) {
        words.add(COLUMNS + "=" + ColumnsFile.text(roles));
      } else if (option.arity().max() == 0) {
        words.add(name);
      } else {
        option.originalStringValues().forEach(value -> words.add(name + "=" + value));
      }
    }
    return words;
  }

  /**
   * The arguments that train a model again, but for the data and the model it was started from.
   *
   * @param changed values in the place of the model's, by names of options without hyphens
   */
  static List<String> of(Model model, Map<String, String> changed) {
    Provenance provenance = model.provenance();
    Map<String, List<String>> words = new LinkedHashMap<>();
    boolean started = provenance.options().containsKey("from");
    provenance
        .options()
        .forEach(
            (name, value) -> {
              boolean first = name.equals("from") || started && name.equals("init");
              if (!first && !FIXED.contains(name)) {
                words.put("--" + name, argument("--" + name, value));
              }
            });
    if ("gd".equals(provenance.options().get("solver"))) {
      words.put("--engine", List.of("--engine=" + provenance.engine()));
    }
    if (!started
        && provenance.arguments().isEmpty()
        && model.schema().standardization().isPresent()) {
      // A program trained it.
      words.put("--scale", List.of("--scale=standard"));
    }
    for (String argument : provenance.arguments()) {
      String name = argument.split("=", 2)[0];
      if (!name.equals(COLUMNS)) {
        words.computeIfAbsent(name, key -> new ArrayList<>()).add(argument);
      }
    }
    changed.forEach((name, value) -> words.put("--" + name, argument("--" + name, value)));
    return words.values().stream().flatMap(List::stream).toList();
  }

  private static List<String> argument(String name, String value) {
    return switch (value) {
      case "true" -> List.of(name);
      case "false" -> List.of();
      default -> List.of(name + "=" + value);
    };
  }

  /** The roles of columns that were recorded. */
  static Map<String, Role> roles(Provenance provenance) {
    return provenance.arguments().stream()
        .filter(argument -> argument.startsWith(COLUMNS + "="))
        .findFirst()
        .map(argument -> ColumnsFile.parse(argument.substring(COLUMNS.length() + 1), COLUMNS))
        .orElse(Map.of());
  }

  /** The column of labels that the arguments of training named, if they named one. */
  static Optional<String> labelColumn(Provenance provenance) {
    for (String argument : provenance.arguments()) {
      if (argument.startsWith("--labels=")) {
        return Optional.of(argument.substring("--labels=".length()));
      }
      if (argument.startsWith("--formula=")) {
        return Optional.of(Formula.parse(argument.substring("--formula=".length())).label());
      }
    }
    return roles(provenance).entrySet().stream()
        .filter(entry -> entry.getValue() == Role.LABEL)
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
