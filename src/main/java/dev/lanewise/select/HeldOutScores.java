// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.select;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.Functions;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.metric.Calibration;
import dev.lanewise.metric.TemperatureCalibration;
import dev.lanewise.metric.ThresholdRule;
import dev.lanewise.model.Model;
import dev.lanewise.model.MultiClass;
import dev.lanewise.model.Predictions;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.SharedProducts;
import dev.lanewise.train.TrainingListener;
import dev.lanewise.train.WarmStart;
import java.util.Locale;
import java.util.Optional;

/**
 * Scores of samples by models that were not trained on them. What a model of all samples keeps
 * beside its weights is chosen on such scores: a threshold, a calibration.
 */
public final class HeldOutScores {

  /** The number of folds unless another is given. */
  public static final int USUAL_FOLDS = 5;

  private final String source;

  /** Null for two classes. */
  private final MultiClass multiClass;

  /** For each sample one score of two classes, else one a class. */
  private final float[][] scores;

  private final int[] labels;

  private HeldOutScores(String source, MultiClass multiClass, float[][] scores, int[] labels) {
    this.source = source;
    this.multiClass = multiClass;
    this.scores = scores;
    this.labels = labels;
  }

  /**
   * Scores each fold by a model of the other folds.
   *
   * @param trainer how to train; its seed is also that of the folds
   * @param train labelled samples
   * @param folds how many folds, at least 2
   * @param products of the samples
   * @param kernels what computes; changes no bit
   * @return the scores of all samples
   * @throws IllegalArgumentException if there are fewer folds than 2, or more than samples of a
   *     class
   * @throws dev.lanewise.train.TrainingException as {@link LogisticRegression#fit(Dataset)}
   * @throws DataException if a copy of the folds does not fit into memory
   */
  public static HeldOutScores of(
      LogisticRegression trainer,
      Dataset train,
      int folds,
      SharedProducts products,
      Kernels kernels) {
    Folds parts = Folds.of(train, folds, trainer.hyperparameters().seed());
    float[][] scores = new float[train.samples()][];
    int[] labels = new int[train.samples()];
    MultiClass multiClass = null;
    for (int fold = 0; fold < folds; fold++) {
      int[] heldOut = parts.heldOut(fold);
      try (Fold parted =
          new Fold(train, parts.learned(fold), heldOut, products, trainer.hyperparameters())) {
        WarmStart start = WarmStart.NONE.with(parted.products());
        Model model =
            trainer.fit(parted.learned(), start, kernels, TrainingListener.SILENT).model();
        multiClass = model.multiClass().orElse(null);
        HeldOutScores ofFold = of(model, parted.heldOut(), kernels);
        for (int k = 0; k < heldOut.length; k++) {
          scores[heldOut[k]] = ofFold.scores[k];
          labels[heldOut[k]] = ofFold.labels[k];
        }
      }
    }
    return new HeldOutScores(train.origin().source(), multiClass, scores, labels);
  }

  /**
   * Scores samples by a model.
   *
   * @param model a trained model; its calibration is left out
   * @param data labelled samples of its classes that it was not trained on
   * @param kernels what computes; changes no bit
   * @return the scores
   * @throws DataException if the samples do not fit the model
   */
  public static HeldOutScores of(Model model, Dataset data, Kernels kernels) {
    if (!data.isLabelled()) {
      throw new DataException(
          data.origin().source(), "there are no labels, expected one for each sample");
    }
    Dataset aligned = model.schema().align(data, "the model");
    Predictions predictions = model.withCalibration(Optional.empty()).predict(aligned, kernels);
    if (predictions.firstUndefined().isPresent()) {
      throw new DataException(
          data.origin().source(),
          String.format(
              Locale.ROOT,
              "the score of sample %d overflows float32; scale the features",
              predictions.firstUndefined().getAsInt()));
    }
    float[][] scores = new float[data.samples()][model.columns()];
    for (int j = 0; j < scores.length; j++) {
      for (int k = 0; k < scores[j].length; k++) {
        scores[j][k] = predictions.score(j, scores[j].length == 1 ? 1 : k);
      }
    }
    return new HeldOutScores(
        data.origin().source(), model.multiClass().orElse(null), scores, aligned.labels());
  }

  /**
   * Learns a calibration.
   *
   * @param kind which; of more than two classes a temperature
   * @return the calibration for a model of these classes
   * @throws DataException if the samples allow none, for instance as all are of one class
   * @throws IllegalArgumentException if the kind is not for these classes
   */
  public Calibration calibrate(Calibration.Kind kind) {
    if (multiClass != null
        && (multiClass != MultiClass.SOFTMAX || kind != Calibration.Kind.TEMPERATURE)) {
      throw new IllegalArgumentException(
          "more than two classes are calibrated by temperature, and with softmax only");
    }
    double[][] exact = new double[scores.length][];
    double[] ofOne = new double[scores.length];
    for (int j = 0; j < scores.length; j++) {
      exact[j] = new double[scores[j].length];
      for (int k = 0; k < exact[j].length; k++) {
        exact[j][k] = scores[j][k];
      }
      ofOne[j] = exact[j][0];
    }
    try {
      return multiClass == null
          ? Calibration.fit(kind, ofOne, labels)
          : TemperatureCalibration.fit(exact, labels);
    } catch (IllegalArgumentException e) {
      throw new DataException(source, e.getMessage(), e);
    }
  }

  /**
   * Chooses a threshold of two classes.
   *
   * @param rule what is best
   * @param calibration of the model that the threshold is for
   * @return the threshold
   * @throws DataException if all samples are of one class, or no threshold meets the rule
   */
  public float threshold(ThresholdRule rule, Optional<Calibration> calibration) {
    float[] probabilities = new float[scores.length];
    for (int j = 0; j < scores.length; j++) {
      float score = scores[j][0];
      probabilities[j] =
          Functions.sigmoid(
              calibration.isPresent() ? (float) calibration.get().score(score) : score);
    }
    try {
      return rule.choose(probabilities, labels);
    } catch (IllegalArgumentException e) {
      throw new DataException(source, e.getMessage(), e);
    }
  }
}
