// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.select;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Evaluation;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.SharedProducts;
import dev.lanewise.train.TrainingListener;
import dev.lanewise.train.TrainingResult;
import dev.lanewise.train.WarmStart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The evaluations of a cross-validation: for each fold, a model that was trained on the other folds
 * is evaluated on this one.
 *
 * @param folds one evaluation for each fold, at least two
 */
public record CrossValidation(List<Evaluation> folds) {

  /**
   * Checks and copies the list.
   *
   * @throws IllegalArgumentException if there are fewer than two folds
   */
  public CrossValidation {
    folds = List.copyOf(folds);
    if (folds.size() < 2) {
      throw new IllegalArgumentException("folds are at least 2, not " + folds.size());
    }
  }

  /**
   * Trains and evaluates once for each fold. If the samples are standardised, the samples to learn
   * from are standardised anew in each fold, and the held-out ones by the same means and
   * deviations.
   *
   * @param trainer how to train; its seed is also that of the folds
   * @param data labelled samples
   * @param folds how many folds, at least 2
   * @param kernels what computes; changes no bit
   * @return the evaluations
   * @throws IllegalArgumentException if there are fewer folds than 2, or more than samples of a
   *     class; or as {@link LogisticRegression#fit(Dataset)}
   * @throws dev.lanewise.train.TrainingException as {@link LogisticRegression#fit(Dataset)}
   * @throws dev.lanewise.data.DataException if a copy of the folds does not fit into memory, or as
   *     {@link LogisticRegression#fit(Dataset)}
   */
  public static CrossValidation of(
      LogisticRegression trainer, Dataset data, int folds, Kernels kernels) {
    Folds parts = Folds.of(data, folds, trainer.hyperparameters().seed());
    List<Evaluation> evaluations = new ArrayList<>();
    try (SharedProducts products = SharedProducts.of(data)) {
      for (int fold = 0; fold < folds; fold++) {
        try (Fold parted =
            new Fold(
                data,
                parts.learned(fold),
                parts.heldOut(fold),
                products,
                trainer.hyperparameters())) {
          WarmStart start = WarmStart.NONE.with(parted.products());
          TrainingResult result =
              trainer.fit(parted.learned(), start, kernels, TrainingListener.SILENT);
          evaluations.add(Evaluation.of(result.model(), parted.heldOut(), kernels));
        }
      }
    }
    return new CrossValidation(evaluations);
  }

  /**
   * Returns the mean accuracy over the folds.
   *
   * @return from 0 to 1
   */
  public double accuracy() {
    return Spread.mean(folds.stream().map(Evaluation::accuracy).toList());
  }

  /**
   * Returns the standard deviation of the accuracy over the folds.
   *
   * @return at least 0
   */
  public double accuracyDeviation() {
    return Spread.deviation(folds.stream().map(Evaluation::accuracy).toList());
  }

  /**
   * Returns the mean log-loss over the folds, in nats.
   *
   * @return at least 0
   */
  public double logLoss() {
    return Spread.mean(folds.stream().map(Evaluation::cost).toList());
  }

  /**
   * Returns the standard deviation of the log-loss over the folds.
   *
   * @return at least 0
   */
  public double logLossDeviation() {
    return Spread.deviation(folds.stream().map(Evaluation::cost).toList());
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d folds: accuracy %.2f %% (deviation %.2f), log-loss %.6f (deviation %.6f)",
        folds.size(),
        100 * accuracy(),
        100 * accuracyDeviation(),
        logLoss(),
        logLossDeviation());
  }
}
