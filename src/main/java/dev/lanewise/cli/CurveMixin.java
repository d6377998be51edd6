// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.select.CurvePoint;
import dev.lanewise.select.Folds;
import dev.lanewise.select.LearningCurve;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.SharedProducts;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The learning curve, on request. */
final class CurveMixin {

  private static final int FOLDS = 5;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--learning-curve",
      description = {
        "Also train on growing fractions of the samples, and print cost and accuracy on these",
        "samples and on held-out samples, the mean over --folds K (default: 5)."
      })
  private boolean wanted;

  /** Rejects a learning curve for several penalties of which none is picked. */
  void check(boolean path) {
    if (wanted && path) {
      throw new ParameterException(
          spec.commandLine(), "--learning-curve of several penalties needs --folds");
    }
  }

  /** Refuses folds that these samples cannot have. */
  void check(Dataset train, Integer folds, long seed) {
    if (wanted) {
      try {
        Folds.of(train, count(folds), seed);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), e.getMessage(), e);
      }
    }
  }

  private static int count(Integer folds) {
    return folds == null ? FOLDS : folds;
  }

  /** Trains on all shares and tells, if that is wanted. */
  void tell(
      LogisticRegression trainer,
      Dataset train,
      Integer folds,
      SharedProducts products,
      Kernels kernels,
      TrainOutput output) {
    if (!wanted) {
      return;
    }
    LearningCurve curve = new LearningCurve(trainer, LearningCurve.SHARES, count(folds));
    List<CurvePoint> points;
    try (ProgressLine progress = ProgressLine.of(spec, "curve", curve.trainings())) {
      points = curve.run(train, products, kernels, progress::stepTo);
    } catch (IllegalArgumentException e) {
      // The smallest share may be too small for samples to be held out of it.
      throw new ParameterException(spec.commandLine(), "--learning-curve: " + e.getMessage(), e);
    }
    output.curve(points);
  }
}
