// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.ClassNames;
import dev.lanewise.data.LabelRules;
import dev.lanewise.data.LabelRules.Missing;
import dev.lanewise.data.ReadOptions;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say how labels become classes. */
final class LabelMixin {

  private enum MissingLabels {
    REFUSE(Missing.REFUSE),
    DROP(Missing.DROP),
    CLASS(Missing.CLASS);

    private final Missing missing;

    MissingLabels(Missing missing) {
      this.missing = missing;
    }
  }

  private enum LabelType {
    AUTO,
    CLASS
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--missing-labels",
      paramLabel = "refuse|drop|class",
      description = {
        "Samples without a label (empty, NA, ?, nan, null, ...): refuse the file (default), leave them",
        "out and say how many, or take such a text for a class."
      })
  private MissingLabels missing = MissingLabels.REFUSE;

  @Option(
      names = "--label-type",
      paramLabel = "auto|class",
      description = {
        "auto (default): refuse labels that are most likely no classes: fractions, and more different",
        "ones than a tenth of the samples. class: take them for classes."
      })
  private LabelType type = LabelType.AUTO;

  @Option(
      names = "--class-names",
      paramLabel = "NAME",
      split = ",",
      description =
          "What the classes are called that a file only numbers, in the order of numbers.")
  private List<String> classNames;

  /** The same options with these rules for labels. */
  ReadOptions apply(ReadOptions options) {
    boolean named = classNames != null;
    if (named && (classNames.size() < 2 || ClassNames.repeated(classNames).isPresent())) {
      throw new ParameterException(
          spec.commandLine(), "--class-names are two names or more, no two the same");
    }
    return options.ruled(
        new LabelRules(missing.missing, type == LabelType.CLASS, Optional.ofNullable(classNames)));
  }
}
