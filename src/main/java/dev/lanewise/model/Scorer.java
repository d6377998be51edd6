package dev.lanewise.model;

import dev.lanewise.data.Schema;
import dev.lanewise.data.Standardization;
import dev.lanewise.kernel.Functions;
import dev.lanewise.kernel.RowScores;
import dev.lanewise.matrix.FloatMatrix;
import java.util.Arrays;
import java.util.Locale;

/**
 * Scores one sample at a time, with the bits of {@link Model#predict(dev.lanewise.data.Dataset,
 * dev.lanewise.kernel.Kernels)}. After the first call of a thread nothing is allocated.
 *
 * <p>A row has the d features as their file has them: pixels from 0 to 255, and features that are
 * not standardised yet. Immutable; any number of threads may use one scorer.
 */
public final class Scorer {

  private final Schema schema;

  /** Null for two classes. */
  private final MultiClass multiClass;

  /** By outputs, padded with zeros. */
  private final float[][] weights;

  private final float[] biases;
  private final int features;
  private final boolean pixels;

  /** Null where features are taken as they are. */
  private final double[] means;

  private final double[] deviations;

  /** A padded row, and the scores behind it. */
  private final ThreadLocal<float[]> rows;

  private final ThreadLocal<float[]> scores;

  Scorer(float[][] weights, float[] biases, MultiClass multiClass, Schema schema) {
    this.schema = schema;
    this.multiClass = multiClass;
    this.biases = biases;
    this.features = schema.shape().size();
    int padded = (features + FloatMatrix.LANES - 1) / FloatMatrix.LANES * FloatMatrix.LANES;
    this.weights = new float[weights.length][];
    for (int k = 0; k < weights.length; k++) {
      this.weights[k] = Arrays.copyOf(weights[k], padded);
    }
    this.pixels = schema.scaling().isPixels();
    this.means = schema.standardization().map(Standardization::means).orElse(null);
    this.deviations = schema.standardization().map(Standardization::deviations).orElse(null);
    this.rows = ThreadLocal.withInitial(() -> new float[padded]);
    this.scores = ThreadLocal.withInitial(() -> new float[biases.length]);
  }

  /**
   * Returns the probability of class 1 of two.
   *
   * @param row d features; stays as it is
   * @return from 0 to 1; NaN if the score overflows float32
   * @throws IllegalArgumentException if there are not d features, or one is not finite
   * @throws IllegalStateException if there are more classes than two
   */
  public float probability(float[] row) {
    if (multiClass != null) {
      throw new IllegalStateException(
          "a model of " + biases.length + " classes; ask for the probabilities of all");
    }
    return Functions.sigmoid(findScores(row)[0]);
  }

  /**
   * Finds the probabilities of all classes.
   *
   * @param row d features; stays as it is
   * @param result receives as many probabilities as there are classes, in their order
   * @throws IllegalArgumentException if there are not d features, or one is not finite, or there is
   *     not one place for each class
   */
  public void probabilities(float[] row, float[] result) {
    int classes = schema.classNames().size();
    if (result.length != classes) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d classes have as many probabilities, not %d",
              classes,
              result.length));
    }
    float[] z = findScores(row);
    if (multiClass == null) {
      result[0] = Functions.sigmoid(-z[0]);
      result[1] = Functions.sigmoid(z[0]);
      return;
    }
    for (int k = 0; k < classes; k++) {
      // g(z) = exp(-softplus(-z)): without it all probabilities could be 0.
      result[k] = multiClass == MultiClass.OVR ? -Functions.softplus(-z[k]) : z[k];
    }
    RowScores.softmax(result, classes);
  }

  /**
   * Returns the number of the predicted class.
   *
   * @param row d features; stays as it is
   * @return of two classes, 1 where its probability is above one half, else 0; of more, the one
   *     with the largest score, the first of equals
   * @throws IllegalArgumentException if there are not d features, or one is not finite
   */
  public int predictedClass(float[] row) {
    float[] z = findScores(row);
    if (multiClass == null) {
      return Functions.sigmoid(z[0]) > Predictions.THRESHOLD ? 1 : 0;
    }
    int best = 0;
    for (int k = 1; k < z.length; k++) {
      best = z[k] > z[best] ? k : best;
    }
    return best;
  }

  /**
   * Returns the name of the predicted class.
   *
   * @param row d features; stays as it is
   * @return one of the class names of the model
   * @throws IllegalArgumentException if there are not d features, or one is not finite
   */
  public String predict(float[] row) {
    return schema.classNames().get(predictedClass(row));
  }

  /** Equation (1) of each output. */
  private float[] findScores(float[] row) {
    if (row.length != features) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "a row has %d features, not %d", features, row.length));
    }
    float[] x = rows.get();
    for (int i = 0; i < features; i++) {
      x[i] = feature(row[i], i);
    }
    float[] z = scores.get();
    for (int k = 0; k < z.length; k++) {
      z[k] = RowScores.score(x, weights[k], x.length, biases[k]);
    }
    return z;
  }

  private float feature(float number, int i) {
    if (!Float.isFinite(number)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "feature %d of the row is %s, expected a finite number", i, number));
    }
    float scaled = pixels ? number * schema.scaling().factor() : number;
    return means == null ? scaled : (float) ((scaled - means[i]) / deviations[i]);
  }
}
