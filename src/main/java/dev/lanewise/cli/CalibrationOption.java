// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.metric.Calibration;
import dev.lanewise.model.Model;
import dev.lanewise.select.HeldOutScores;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that calibrates probabilities. */
final class CalibrationOption {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--calibrate",
      paramLabel = "platt|isotonic|temperature",
      description = {
        "Calibrate probabilities on samples that a model was not trained on: those of --data,",
        "or of each of 5 folds (--folds K). platt: a linear function of the log-odds.",
        "isotonic: a non-decreasing function, for a thousand samples or more. temperature:",
        "one factor, also for more than two classes."
      })
  private Calibration.Kind kind;

  boolean given() {
    return kind != null;
  }

  /** Rejects a calibration of several models. */
  void refusePath(boolean isPath) {
    refuse(kind != null && isPath, "--calibrate is for one model; several penalties need --folds");
  }

  /** Rejects a kind that does not support this number of classes. */
  void check(int classes, boolean isSoftmax) {
    refuse(
        kind != null && classes > 2 && (kind != Calibration.Kind.TEMPERATURE || !isSoftmax),
        "--calibrate: more than two classes are calibrated by temperature, and with softmax only");
  }

  /**
   * The calibration that is wanted, else that of a model.
   *
   * @param scores of held-out samples
   */
  Optional<Calibration> of(Model model, Supplier<HeldOutScores> scores) {
    return kind == null ? model.calibration() : Optional.of(scores.get().calibrate(kind));
  }

  private void refuse(boolean wrong, String message) {
    if (wrong) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
