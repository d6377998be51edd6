// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

import dev.lanewise.matrix.Doubles;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.nn.Layout;
import dev.lanewise.nn.Parameters;
import dev.lanewise.nn.Vectors;
import dev.lanewise.options.HiddenLayers;
import dev.lanewise.options.Penalty;
import dev.lanewise.reduce.BlockTree;
import java.util.Arrays;

/**
 * What is minimised: J(w, b) = (1/m) sum s_j L_j + (1/m) (l2/2 |w|^2 + l1 |w|_1), where w are the
 * weights of all layers.
 *
 * @param x X, d x m
 * @param y the labels, 0 or 1, or with K outputs from 0 to K - 1, m x 1
 * @param weights s, m x 1; null where every sample weighs 1
 * @param penalty l1 and l2
 * @param hidden the hidden layers of the network
 * @param outputs K: 1 for two classes, else one for each class, with softmax
 * @param pixels whether features are the float32 values of pixels: v / 255, v from 0 to 255
 * @param intercept whether biases are learned; else, without hidden layers only, they stay 0
 */
public record Problem(
    SampleMatrix x,
    FloatMatrix y,
    FloatMatrix weights,
    Penalty penalty,
    HiddenLayers hidden,
    int outputs,
    boolean pixels,
    boolean intercept) {

  /**
   * A problem with a free bias of each output.
   *
   * @param x as {@link #x()}
   * @param y as {@link #y()}
   * @param weights as {@link #weights()}
   * @param penalty as {@link #penalty()}
   * @param hidden as {@link #hidden()}
   * @param outputs as {@link #outputs()}
   * @param pixels as {@link #pixels()}
   */
  public Problem(
      SampleMatrix x,
      FloatMatrix y,
      FloatMatrix weights,
      Penalty penalty,
      HiddenLayers hidden,
      int outputs,
      boolean pixels) {
    this(x, y, weights, penalty, hidden, outputs, pixels, true);
  }

  /**
   * A problem whose features are taken as the numbers that they are.
   *
   * @param x as {@link #x()}
   * @param y as {@link #y()}
   * @param weights as {@link #weights()}
   * @param penalty as {@link #penalty()}
   * @param hidden as {@link #hidden()}
   * @param outputs as {@link #outputs()}
   */
  public Problem(
      SampleMatrix x,
      FloatMatrix y,
      FloatMatrix weights,
      Penalty penalty,
      HiddenLayers hidden,
      int outputs) {
    this(x, y, weights, penalty, hidden, outputs, false);
  }

  /**
   * Returns the tutorial's problem: two classes, no weights, no penalty.
   *
   * @param x X, d x m
   * @param y the labels, 0 or 1, m x 1
   * @return the problem
   */
  public static Problem plain(SampleMatrix x, FloatMatrix y) {
    return new Problem(x, y, null, Penalty.NONE, HiddenLayers.NONE, 1);
  }

  /**
   * Returns what a sample weighs in a problem, rounded once.
   *
   * @param own the weight of the sample in the data
   * @param ofClass what weights of its class are multiplied with
   * @return s_j
   */
  public static float weight(double own, double ofClass) {
    return (float) (own * ofClass);
  }

  /**
   * Returns the same problem with all hidden units, as the cost is computed.
   *
   * @return a problem without dropout
   */
  Problem withoutDropout() {
    return new Problem(x, y, weights, penalty, hidden.withDropout(0), outputs, pixels, intercept);
  }

  /**
   * Returns the same problem with other weights of the samples.
   *
   * @param others s, m x 1
   * @return a problem on the same samples
   */
  public Problem withWeights(FloatMatrix others) {
    return new Problem(x, y, others, penalty, hidden, outputs, pixels, intercept);
  }

  /**
   * Returns the layout of its parameters.
   *
   * @return one dense layer, d x K, or the hidden layers and the one of the outputs
   */
  public Layout layout() {
    return Layout.network(x.rows(), hidden.units(), outputs);
  }

  /**
   * Returns the number of classes.
   *
   * @return K, but 2 for one output
   */
  public int classes() {
    return Math.max(2, outputs);
  }

  /**
   * Tells whether a class has no sample of positive weight.
   *
   * @return true if there is no optimum for that reason
   */
  public boolean lacksClass() {
    return lacksClass(1);
  }

  /**
   * Tells whether a class has no sample of positive weight in a subset.
   *
   * @param fraction n, to use one sample in n, as in {@link dev.lanewise.exec.Executor#run}
   * @return true if one has none
   */
  boolean lacksClass(int fraction) {
    boolean[] found = new boolean[classes()];
    int missing = found.length;
    for (int block = 0; block < BlockTree.blocks(samples()) && missing > 0; block++) {
      for (int j = BlockTree.start(block); j < BlockTree.end(block, samples(), fraction); j++) {
        int label = label(j);
        if (!found[label] && weight(j) > 0) {
          found[label] = true;
          missing--;
        }
      }
    }
    return missing > 0;
  }

  /**
   * Returns the sum of all losses where every class is equally likely, as it is at zero weights.
   *
   * @return the sum of s_j, summed over the block tree, times log K
   */
  public double lossAtZero() {
    return lossAtZero(1);
  }

  /** The same of a subset. */
  double lossAtZero(int fraction) {
    double weights =
        BlockTree.reduce(
            BlockTree.blocks(samples()), block -> weightOf(block, fraction), Double::sum);
    return weights * StrictMath.log(classes());
  }

  private double weightOf(int block, int fraction) {
    double sum = 0;
    for (int j = BlockTree.start(block); j < BlockTree.end(block, samples(), fraction); j++) {
      sum += weight(j);
    }
    return sum;
  }

  /**
   * Returns m times the penalty at some weights.
   *
   * @param at the parameters
   * @return l2/2 |w|^2 + l1 |w|_1, layer after layer
   */
  public double penaltyAt(Parameters at) {
    double value = 0;
    for (int l = 0; l < at.layout().layers().size(); l++) {
      if (penalty.l2() != 0) {
        value += penalty.l2() / 2 * Vectors.dot(at.weights(l), at.weights(l));
      }
      if (penalty.l1() != 0) {
        value += penalty.l1() * Vectors.sumOfSizes(at.weights(l));
      }
    }
    return value;
  }

  /**
   * Returns the label of a sample.
   *
   * @param j the sample
   * @return its class
   */
  public int label(int j) {
    return (int) y.get(j, 0);
  }

  /**
   * Returns what a sample weighs.
   *
   * @param j the sample
   * @return s_j
   */
  public double weight(int j) {
    return weights == null ? 1 : weights.get(j, 0);
  }

  /**
   * Returns what each sample weighs.
   *
   * @return m numbers, 1 where all weigh the same
   */
  public double[] sampleWeights() {
    if (weights != null) {
      return Doubles.column(weights, 0);
    }
    double[] ones = new double[samples()];
    Arrays.fill(ones, 1);
    return ones;
  }

  /**
   * Returns the number of samples.
   *
   * @return m
   */
  public int samples() {
    return x.columns();
  }
}
