// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Standardization;
import dev.lanewise.model.LanewiseVersion;
import dev.lanewise.model.Model;
import dev.lanewise.model.Provenance;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A model beside the one that came of training again.
 *
 * @param model the model to be reproduced
 * @param again the model that was trained again
 * @param differences what differs between them, the causes before the effects
 */
record Reproduction(Model model, Model again, List<Difference> differences) {

  /** What kind of thing differs. */
  enum Kind {
    CONTRACT,
    OPTIONS,
    DATA,
    NUMBERS;

    String id() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * Something that differs.
   *
   * @param what its name
   * @param inModel what the model has
   * @param found what training again has
   */
  record Difference(Kind kind, String what, String inModel, String found) {}

  static Reproduction of(Model model, TrainCommand.Retrained retrained) {
    List<Difference> differences = new ArrayList<>();
    Model again = retrained.model();
    Provenance before = model.provenance();
    Provenance after = again.provenance();
    if (before.contract() != 0) {
      compare(Kind.CONTRACT, "version", before.contract(), LanewiseVersion.CONTRACT, differences);
    }
    Set<String> names = new LinkedHashSet<>(before.options().keySet());
    names.addAll(after.options().keySet());
    for (String name : names) {
      String none = "none";
      compare(
          Kind.OPTIONS,
          name,
          before.options().getOrDefault(name, none),
          after.options().getOrDefault(name, none),
          differences);
    }
    compare(Kind.OPTIONS, "engine", before.engine(), after.engine(), differences);
    if (!before.arguments().isEmpty()) {
      compareArguments(before.arguments(), after.arguments(), differences);
    }
    compare(Kind.DATA, "sha256", before.data().sha256(), retrained.dataSha256(), differences);
    compare(Kind.DATA, "samples", before.data().samples(), after.data().samples(), differences);
    compare(Kind.DATA, "features", before.data().features(), after.data().features(), differences);
    compare(
        Kind.DATA,
        "classes",
        model.schema().classNames(),
        again.schema().classNames(),
        differences);
    compareNumbers(model, again, differences);
    return new Reproduction(model, again, differences);
  }

  private static void compareArguments(
      List<String> before, List<String> after, List<Difference> differences) {
    List<String> removed = new ArrayList<>(before);
    removed.removeAll(after);
    // Of --columns the model has the roles, and a training again takes them from there.
    removed.removeIf(argument -> argument.startsWith("--columns="));
    List<String> added = new ArrayList<>(after);
    added.removeAll(before);
    compare(
        Kind.OPTIONS, "arguments", String.join(" ", removed), String.join(" ", added), differences);
  }

  private static void compareNumbers(Model model, Model again, List<Difference> differences) {
    compare(
        Kind.NUMBERS, "weights sha256", model.weightsSha256(), again.weightsSha256(), differences);
    compare(
        Kind.NUMBERS,
        "standardization sha256",
        standardization(model),
        standardization(again),
        differences);
    compareWhole(
        "encoding of columns", model.schema().encoding(), again.schema().encoding(), differences);
    compare(Kind.NUMBERS, "threshold", model.threshold(), again.threshold(), differences);
    compareWhole("calibration", model.calibration(), again.calibration(), differences);
    compareWhole("statistics", model.summary(), again.summary(), differences);
  }

  private static String standardization(Model model) {
    return model.schema().standardization().map(Standardization::sha256).orElse("none");
  }

  private static void compareWhole(
      String what, Optional<?> before, Optional<?> after, List<Difference> differences) {
    if (!before.equals(after)) {
      differences.add(
          new Difference(
              Kind.NUMBERS,
              what,
              before.isPresent() ? "one" : "none",
              after.isPresent() ? "another" : "none"));
    }
  }

  private static void compare(
      Kind kind, String what, Object before, Object after, List<Difference> differences) {
    if (!Objects.equals(before, after)) {
      differences.add(new Difference(kind, what, before.toString(), after.toString()));
    }
  }

  /** Whether all bits are the same, from the same data and options. */
  boolean isReproduced() {
    return differences.stream().allMatch(difference -> difference.kind() == Kind.CONTRACT);
  }

  /** Whether the numbers differ although nothing else does: a fault. */
  boolean isFault() {
    return !differences.isEmpty()
        && differences.stream().allMatch(difference -> difference.kind() == Kind.NUMBERS);
  }

  /** The differences for programs. */
  List<Map<String, Object>> json() {
    return differences.stream()
        .map(
            difference ->
                JsonParts.ordered(
                    "kind", difference.kind().id(),
                    "what", difference.what(),
                    "model", difference.inModel(),
                    "reproduction", difference.found()))
        .toList();
  }
}
