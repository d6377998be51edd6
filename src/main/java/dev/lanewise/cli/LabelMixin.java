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
        "Samples without a label (empty, NA, ?, nan, null, ...): reject the file (refuse, the",
        "default), leave these samples out and report their number (drop), or make the text a",
        "class (class)."
      })
  private MissingLabels missing = MissingLabels.REFUSE;

  @Option(
      names = "--label-type",
      paramLabel = "auto|class",
      description = {
        "auto (default): reject labels that are probably not classes: fractions, and more",
        "distinct ones than a tenth of the samples. class: accept them as classes."
      })
  private LabelType type = LabelType.AUTO;

  @Option(
      names = "--class-names",
      paramLabel = "NAME",
      split = ",",
      description =
          "Names of the classes of a file that only numbers them, in the order of the numbers.")
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
