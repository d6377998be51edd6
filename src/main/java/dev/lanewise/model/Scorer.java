// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.model;

import dev.lanewise.data.Schema;
import dev.lanewise.data.Standardization;
import dev.lanewise.kernel.Functions;
import dev.lanewise.kernel.RowChoice;
import dev.lanewise.kernel.RowScores;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.metric.Calibration;
import dev.lanewise.options.Activation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Scores one sample at a time, with the bits of {@link Model#predict(dev.lanewise.data.Dataset,
 * dev.lanewise.kernel.Kernels)}. After the first call of a thread nothing is allocated.
 *
 * <p>A row has the d features as their file has them: pixels from 0 to 255, and features that are
 * not standardised yet. A row of doubles is standardised before it is rounded to float32, as a data
 * set of doubles is. No method changes a row. Immutable; any number of threads may use one scorer.
 */
public final class Scorer {

  // Who scores fewer rows does not need them faster.
  private static final int FEW_ROWS = 1000;

  private final Schema schema;

  /** Null for two classes. */
  private final MultiClass multiClass;

  /** Weights of one layer by outputs, padded with zeros; null with hidden layers. */
  private final float[][] weights;

  private final float[] biases;

  /** Null without hidden layers. */
  private final RowNetwork network;

  private final float threshold;

  /** Null if scores are taken as they are. */
  private final Calibration calibration;

  private final int features;
  private final int padded;
  private final boolean pixels;

  /** Null where features are taken as they are. */
  private final double[] means;

  private final double[] deviations;

  private final ThreadLocal<Scratch> scratch;

  /** What one thread computes on. */
  private static final class Scratch {

    private final float[] row;
    private final float[] scores;

    /** How many rows the thread scores before the SIMD kernels are compiled. */
    private int rowsBefore = FEW_ROWS;

    Scratch(int padded, int outputs) {
      row = new float[padded];
      scores = new float[outputs];
    }
  }

  Scorer(
      List<DenseLayer> layers,
      Activation activation,
      MultiClass multiClass,
      Schema schema,
      float threshold,
      Calibration calibration) {
    this.threshold = threshold;
    this.calibration = calibration;
    this.schema = schema;
    this.multiClass = multiClass;
    this.biases = layers.getLast().biases();
    this.features = schema.shape().size();
    this.padded = (features + FloatMatrix.LANES - 1) / FloatMatrix.LANES * FloatMatrix.LANES;
    float[][] columns = layers.getFirst().weights();
    this.network = layers.size() == 1 ? null : new RowNetwork(layers, activation);
    this.weights = network == null ? new float[columns.length][] : null;
    for (int k = 0; network == null && k < columns.length; k++) {
      weights[k] = Arrays.copyOf(columns[k], padded);
    }
    this.pixels = schema.scaling().isPixels();
    this.means = schema.standardization().map(Standardization::means).orElse(null);
    this.deviations = schema.standardization().map(Standardization::deviations).orElse(null);
    this.scratch = ThreadLocal.withInitial(() -> new Scratch(padded, biases.length));
  }

  /**
   * Returns the probability of class 1 of two.
   *
   * @param row d features
   * @return from 0 to 1; NaN if the score overflows float32
   * @throws IllegalArgumentException if there are not d features, or one is not finite
   * @throws IllegalStateException if there are more classes than two
   */
  public float probability(float[] row) {
    requireTwo();
    return Functions.sigmoid(findScores(row)[0]);
  }

  /**
   * Returns the probability of class 1 of two.
   *
   * @param row d features
   * @return from 0 to 1; NaN if the score overflows float32
   * @throws IllegalArgumentException if there are not d features, or one is not finite
   * @throws IllegalStateException if there are more classes than two
   */
  public float probability(double[] row) {
    requireTwo();
    return Functions.sigmoid(findScores(row)[0]);
  }

  private void requireTwo() {
    if (multiClass != null) {
      throw new IllegalStateException(
          "a model of " + biases.length + " classes; ask for the probabilities of all");
    }
  }

  /**
   * Finds the probabilities of all classes.
   *
   * @param row d features
   * @param result receives as many probabilities as there are classes, in their order
   * @throws IllegalArgumentException if there are not d features, or one is not finite, or there is
   *     not one place for each class
   */
  public void probabilities(float[] row, float[] result) {
    checkPlaces(result);
    toProbabilities(findScores(row), result);
  }

  /**
   * Finds the probabilities of all classes.
   *
   * @param row d features
   * @param result receives as many probabilities as there are classes, in their order
   * @throws IllegalArgumentException if there are not d features, or one is not finite, or there is
   *     not one place for each class
   */
  public void probabilities(double[] row, float[] result) {
    checkPlaces(result);
    toProbabilities(findScores(row), result);
  }

  /**
   * Returns how many scores a row has.
   *
   * @return 1 of two classes, else the number of classes
   */
  public int outputs() {
    return biases.length;
  }

  /**
   * Finds the scores z of a row, equation (1) of the last layer: of two classes the log-odds of
   * class 1.
   *
   * @param row d features
   * @param result receives {@link #outputs()} scores
   * @throws IllegalArgumentException if there are not d features, or one is not finite, or there is
   *     not one place for each score
   */
  public void scores(double[] row, float[] result) {
    if (result.length != outputs()) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d scores, not %d", outputs(), result.length));
    }
    System.arraycopy(findScores(row), 0, result, 0, result.length);
  }

  /**
   * Converts the scores of a row to probabilities.
   *
   * @param scores as {@link #scores} finds them
   * @param result receives as many probabilities as there are classes, in their order
   * @throws IllegalArgumentException if there is not one place for each class
   */
  public void probabilitiesOf(float[] scores, float[] result) {
    checkPlaces(result);
    toProbabilities(scores, result);
  }

  private void checkPlaces(float[] result) {
    int classes = schema.classNames().size();
    if (result.length != classes) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d classes have as many probabilities, not %d",
              classes,
              result.length));
    }
  }

  private void toProbabilities(float[] z, float[] result) {
    if (multiClass == null) {
      result[0] = Functions.sigmoid(-z[0]);
      result[1] = Functions.sigmoid(z[0]);
      return;
    }
    // The scores of a network stand at the beginning of a longer array.
    for (int k = 0; k < result.length; k++) {
      // g(z) = exp(-softplus(-z)): without it all probabilities could be 0.
      result[k] = multiClass == MultiClass.OVR ? -Functions.softplus(-z[k]) : z[k];
    }
    RowScores.softmax(result, result.length);
  }

  /**
   * Returns the number of the predicted class.
   *
   * @param row d features
   * @return of two classes, 1 where its probability is above the threshold of the model, else 0; of
   *     more, the one with the largest score, the first of equals
   * @throws IllegalArgumentException if there are not d features, or one is not finite
   */
  public int predictedClass(float[] row) {
    return best(findScores(row));
  }

  /**
   * Returns the number of the predicted class.
   *
   * @param row d features
   * @return as {@link #predictedClass(float[])}
   * @throws IllegalArgumentException if there are not d features, or one is not finite
   */
  public int predictedClass(double[] row) {
    return best(findScores(row));
  }

  private int best(float[] z) {
    if (multiClass == null) {
      return Functions.sigmoid(z[0]) > threshold ? 1 : 0;
    }
    int best = 0;
    for (int k = 1; k < biases.length; k++) {
      best = z[k] > z[best] ? k : best;
    }
    return best;
  }

  /**
   * Returns the name of the predicted class.
   *
   * @param row d features
   * @return one of the class names of the model
   * @throws IllegalArgumentException if there are not d features, or one is not finite
   */
  public String predict(float[] row) {
    return schema.classNames().get(predictedClass(row));
  }

  /**
   * Returns the name of the predicted class.
   *
   * @param row d features
   * @return one of the class names of the model
   * @throws IllegalArgumentException if there are not d features, or one is not finite
   */
  public String predict(double[] row) {
    return schema.classNames().get(predictedClass(row));
  }

  private float[] findScores(float[] row) {
    checkWidth(row.length);
    Scratch mine = scratch.get();
    float[] z = findScores(prepared(row, mine.row), mine);
    calibrate(z);
    if (!Float.isFinite(z[0])) {
      for (int i = 0; i < features; i++) {
        checkFinite(i, row[i]);
      }
    }
    return z;
  }

  private float[] findScores(double[] row) {
    checkWidth(row.length);
    Scratch mine = scratch.get();
    float[] x = mine.row;
    for (int i = 0; i < features; i++) {
      double scaled = pixels ? row[i] * schema.scaling().factor() : row[i];
      x[i] = (float) (means == null ? scaled : (scaled - means[i]) / deviations[i]);
    }
    float[] z = findScores(x, mine);
    calibrate(z);
    if (!Float.isFinite(z[0])) {
      for (int i = 0; i < features; i++) {
        checkFinite(i, (float) row[i]);
      }
    }
    return z;
  }

  private void calibrate(float[] z) {
    for (int k = 0; calibration != null && k < biases.length; k++) {
      z[k] = (float) calibration.score(z[k]);
    }
  }

  private float[] prepared(float[] row, float[] x) {
    if (!pixels && means == null && features == padded) {
      return row;
    }
    float factor = schema.scaling().factor();
    if (means != null) {
      for (int i = 0; i < features; i++) {
        x[i] = (float) ((row[i] * factor - means[i]) / deviations[i]);
      }
    } else if (pixels) {
      for (int i = 0; i < features; i++) {
        x[i] = row[i] * factor;
      }
    } else {
      System.arraycopy(row, 0, x, 0, features);
    }
    return x;
  }

  /** Equation (1) of each output. No score is finite if a feature is not: Inf times 0 is NaN. */
  private float[] findScores(float[] x, Scratch mine) {
    if (network != null) {
      // Hidden units may hide an infinity, so features are looked at first.
      for (int i = 0; i < features; i++) {
        checkFinite(i, x[i]);
      }
      return network.outputs(x);
    }
    if (mine.rowsBefore > 0 && --mine.rowsBefore == 0) {
      RowChoice.SHARED.compileSimd();
    }
    RowChoice.SHARED.kernels().outputs(x, weights, padded, biases, mine.scores);
    return mine.scores;
  }

  private void checkWidth(int found) {
    if (found != features) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "a row has %d features, not %d", features, found));
    }
  }

  private static void checkFinite(int i, float number) {
    if (!Float.isFinite(number)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "feature %d of the row is %s, expected a finite number", i, number));
    }
  }
}
