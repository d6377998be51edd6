// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.select;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.metric.ThresholdRule;
import dev.lanewise.model.BinaryEvaluation;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.SharedProducts;
import dev.lanewise.train.TrainingListener;
import dev.lanewise.train.WarmStart;

/**
 * Chooses a threshold on samples that were held out: each fold is scored by a model of the other
 * folds, and the rule is applied to the probabilities of all samples together.
 */
public final class ThresholdSearch {

  /** The number of folds unless another is given. */
  public static final int USUAL_FOLDS = 5;

  private ThresholdSearch() {}

  /**
   * Chooses a threshold.
   *
   * @param trainer how to train; its seed is also that of the folds
   * @param train labelled samples of two classes
   * @param folds how many folds, at least 2
   * @param rule what is best
   * @param products of the samples
   * @param kernels what computes; changes no bit
   * @return the threshold for a model of all samples
   * @throws IllegalArgumentException if there are fewer folds than 2, or more than samples of a
   *     class
   * @throws dev.lanewise.train.TrainingException as {@link LogisticRegression#fit(Dataset)}
   * @throws DataException if no threshold meets the rule, or a copy of the folds does not fit into
   *     memory
   */
  public static float choose(
      LogisticRegression trainer,
      Dataset train,
      int folds,
      ThresholdRule rule,
      SharedProducts products,
      Kernels kernels) {
    Folds parts = Folds.of(train, folds, trainer.hyperparameters().seed());
    float[] probabilities = new float[train.samples()];
    int[] labels = new int[train.samples()];
    for (int fold = 0; fold < folds; fold++) {
      int[] heldOut = parts.heldOut(fold);
      try (Fold parted =
          new Fold(train, parts.learned(fold), heldOut, products, trainer.hyperparameters())) {
        WarmStart start = WarmStart.NONE.with(parted.products());
        BinaryEvaluation evaluation =
            BinaryEvaluation.of(
                trainer.fit(parted.learned(), start, kernels, TrainingListener.SILENT).model(),
                parted.heldOut(),
                kernels);
        float[] ofFold = evaluation.probabilities();
        int[] labelsOfFold = evaluation.labels();
        for (int k = 0; k < heldOut.length; k++) {
          probabilities[heldOut[k]] = ofFold[k];
          labels[heldOut[k]] = labelsOfFold[k];
        }
      }
    }
    try {
      return rule.choose(probabilities, labels);
    } catch (IllegalArgumentException e) {
      throw new DataException(train.origin().source(), e.getMessage(), e);
    }
  }
}
