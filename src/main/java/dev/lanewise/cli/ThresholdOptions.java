// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.metric.Calibration;
import dev.lanewise.metric.ThresholdRule;
import dev.lanewise.model.Model;
import dev.lanewise.select.HeldOutScores;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that set the probability above which class 1 of two is predicted. */
final class ThresholdOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--threshold",
      paramLabel = "P",
      description =
          "Predict class 1 above this probability (default: that of the model, else 0.5).")
  private Float threshold;

  @Option(
      names = "--choose-threshold",
      paramLabel = "RULE",
      description = {
        "Choose the threshold on samples that a model was not trained on: those of --data, or of each",
        "of 5 folds (--folds K). f1: the highest F1.",
        "youden: the largest difference of true and false positive rate. cost:FP,FN: the lowest cost",
        "of false positives and false negatives. precision>=P: the highest recall with that precision."
      })
  private String rule;

  boolean given() {
    return threshold != null || rule != null;
  }

  /** Rejects options that do not fit together, or the classes of a model. */
  void check(List<String> classNames) {
    refuse(threshold != null && rule != null, "choose one of --threshold and --choose-threshold");
    refuse(
        given() && classNames.size() > 2,
        "--threshold and --choose-threshold are for two classes, not " + classNames.size());
    refuse(
        threshold != null && !(threshold >= 0 && threshold <= 1),
        "--threshold is a probability from 0 to 1, not " + threshold);
    if (rule != null) {
      rule();
    }
  }

  /** The rule of --choose-threshold. */
  ThresholdRule rule() {
    try {
      return ThresholdRule.parse(rule);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** Rejects a threshold of several models. */
  void refusePath(boolean isPath) {
    refuse(
        given() && isPath,
        "--threshold and --choose-threshold are for one model; several penalties need --folds");
  }

  /**
   * The threshold that is wanted, else that of a model.
   *
   * @param scores of held-out samples
   * @param calibration of the model that the threshold is for
   */
  float of(Model model, Supplier<HeldOutScores> scores, Optional<Calibration> calibration) {
    if (rule != null) {
      return scores.get().threshold(rule(), calibration);
    }
    return threshold == null ? model.threshold() : threshold;
  }

  private void refuse(boolean wrong, String message) {
    if (wrong) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
