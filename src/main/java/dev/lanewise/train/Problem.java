package dev.lanewise.train;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Optional;

/**
 * What is to be minimised: J(w, b) = (1/m) sum s_j L_j + (1/m) (l2/2 |w|^2 + l1 |w|_1).
 *
 * @param x X, d x m
 * @param y the labels, 0 or 1, or with K columns from 0 to K - 1, m x 1
 * @param weights s, m x 1; null where every sample weighs 1
 * @param penalty l1 and l2
 * @param columns K of the weights: 1 for two classes, which one neuron tells apart; else one for
 *     each class, and softmax
 */
record Problem(SampleMatrix x, FloatMatrix y, FloatMatrix weights, Penalty penalty, int columns) {

  /** Of two classes. */
  Problem(SampleMatrix x, FloatMatrix y, FloatMatrix weights, Penalty penalty) {
    this(x, y, weights, penalty, 1);
  }

  /** The tutorial's: no weights, no penalty. */
  static Problem plain(SampleMatrix x, FloatMatrix y) {
    return new Problem(x, y, null, Penalty.NONE);
  }

  /**
   * Training on a data set.
   *
   * @param arena owns the memory of y and s
   * @throws DataException if every sample weighs 0
   */
  static Problem of(Arena arena, Dataset train, Penalty penalty, ClassWeights classWeights) {
    FloatMatrix y = FloatMatrix.allocate(arena, train.samples(), 1);
    int[] labels = train.labels();
    for (int j = 0; j < labels.length; j++) {
      y.set(j, 0, labels[j]);
    }
    int columns = columns(train);
    FloatMatrix s = weights(arena, train, classWeights);
    return new Problem(train.features(), y, s, penalty, columns);
  }

  /** The columns of weights that the classes of a data set take. */
  static int columns(Dataset train) {
    int classes = train.classNames().size();
    return classes <= 2 ? 1 : classes;
  }

  // What a sample weighs itself times what its class weighs, rounded once.
  private static FloatMatrix weights(Arena arena, Dataset train, ClassWeights classWeights) {
    Optional<float[]> ofSamples = train.weights();
    if (ofSamples.isEmpty() && classWeights.isNone()) {
      return null;
    }
    double[] ofClasses = classWeights.of(train);
    int[] labels = train.labels();
    FloatMatrix s = FloatMatrix.allocate(arena, train.samples(), 1);
    boolean all = true;
    for (int j = 0; j < labels.length; j++) {
      double own = ofSamples.isEmpty() ? 1 : ofSamples.get()[j];
      s.set(j, 0, (float) (own * ofClasses[labels[j]]));
      all &= s.get(j, 0) == 0;
    }
    if (all) {
      throw new DataException(
          train.origin().source(),
          "every sample weighs 0 with its class, expected at least one above");
    }
    return s;
  }

  /** Whether there is a class that no sample is of that weighs anything. */
  boolean lacksClass() {
    boolean[] found = new boolean[Math.max(2, columns)];
    float[] labels = y.column(0);
    int missing = found.length;
    for (int j = 0; j < labels.length && missing > 0; j++) {
      int label = (int) labels[j];
      if (!found[label] && weight(j) > 0) {
        found[label] = true;
        missing--;
      }
    }
    return missing > 0;
  }

  /** What a sample weighs. */
  double weight(int j) {
    return weights == null ? 1 : weights.get(j, 0);
  }

  /** What each sample weighs: 1 where all weigh alike. */
  double[] sampleWeights() {
    if (weights != null) {
      return Doubles.column(weights, 0);
    }
    double[] ones = new double[samples()];
    Arrays.fill(ones, 1);
    return ones;
  }

  int samples() {
    return x.columns();
  }
}
