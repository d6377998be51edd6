// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

import dev.lanewise.exec.Workers;
import dev.lanewise.matrix.MappedMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.reduce.BlockTree;
import java.util.function.BinaryOperator;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The negative log-likelihood of the classes, with its derivatives, in double throughout. Its
 * parameters are those of each class but the first, whose output is 0: a bias, then d weights.
 * Features are standardised: the mean is subtracted, and the difference divided by the standard
 * deviation. Without an intercept the bias has no effect, so that its derivatives are 0, and
 * features are divided by the roots of their mean squares and not centred.
 *
 * <p>Sums over samples are those of the block tree, and exponentials those of fdlibm, so the bits
 * depend on no machine and no number of workers.
 */
public final class Likelihood {

  // Numbers whose difference is below this fraction of their size differ by rounding only.
  private static final double ROUNDING = 0x1p-50;

  private final Workers workers;
  private final SampleMatrix x;
  private final int[] labels;
  private final double[] weights;
  private final int outcomes;
  private final int n;
  private final boolean intercept;
  private final ExactLoss loss;
  private final double[] centres;

  /** 0 for a feature that does not vary; without an intercept, for one that is 0 everywhere. */
  private final double[] units;

  private final double[][] probabilities;
  private final double[] losses;

  /**
   * Value and derivatives at some parameters.
   *
   * @param value the negative log-likelihood
   * @param gradient by each parameter
   * @param hessian column c has its elements from c on
   */
  public record Evaluation(double value, double[] gradient, double[][] hessian) {}

  /**
   * A likelihood; reads all samples for the means and deviations of the features.
   *
   * @param workers share the work
   * @param x the samples, at least one
   * @param labels the class of each, from 0 to K - 1
   * @param weights the weight of each sample, at least 0; not all 0
   * @param classes K, at least 2
   * @param intercept whether the bias is a parameter
   */
  public Likelihood(
      Workers workers,
      SampleMatrix x,
      int[] labels,
      double[] weights,
      int classes,
      boolean intercept) {
    this.workers = workers;
    this.intercept = intercept;
    this.x = x;
    this.labels = labels.clone();
    this.weights = weights.clone();
    this.outcomes = classes - 1;
    this.n = x.rows() + 1;
    this.loss = new ExactLoss(classes);
    this.centres = new double[x.rows()];
    this.units = new double[x.rows()];
    this.probabilities = new double[outcomes][labels.length];
    this.losses = new double[labels.length];
    measure();
  }

  private void measure() {
    double[] least = new double[x.rows()];
    double[] most = new double[x.rows()];
    double[] first = null;
    for (int j = 0; j < labels.length; j++) {
      if (weights[j] == 0) {
        continue;
      }
      double[] sample = x.doubles(j);
      if (first == null) {
        first = sample.clone();
        System.arraycopy(sample, 0, least, 0, least.length);
        System.arraycopy(sample, 0, most, 0, most.length);
      }
      for (int i = 0; i < sample.length; i++) {
        least[i] = Math.min(least[i], sample[i]);
        most[i] = Math.max(most[i], sample[i]);
      }
    }
    double weight = sumOf(weights);
    double[] sums = moments(1);
    for (int i = 0; i < centres.length; i++) {
      double size = Math.max(Math.abs(least[i]), Math.abs(most[i]));
      boolean varies = intercept ? most[i] - least[i] > ROUNDING * size : size > 0;
      centres[i] = intercept ? varies ? sums[i] / weight : first[i] : 0;
      units[i] = varies ? 1 : 0;
    }
    double[] squares = moments(2);
    for (int i = 0; i < units.length; i++) {
      units[i] *= Math.sqrt(squares[i] / weight);
    }
  }

  /** Weighted sums of the features, or of the squares of their distances from the centres. */
  private double[] moments(int power) {
    return reduce(
        block -> {
          double[] sums = new double[centres.length];
          for (int j = BlockTree.start(block); j < BlockTree.end(block, labels.length); j++) {
            double[] sample = x.doubles(j);
            for (int i = 0; i < sums.length && weights[j] != 0; i++) {
              double distance = sample[i] - centres[i];
              sums[i] += weights[j] * (power == 1 ? distance : distance * distance);
            }
          }
          return sums;
        },
        Likelihood::add);
  }

  private double[] reduce(IntFunction<double[]> leaf, BinaryOperator<double[]> add) {
    int blocks = BlockTree.blocks(labels.length);
    return workers.count() == 1 || x instanceof MappedMatrix
        ? BlockTree.reduce(blocks, leaf, add)
        : BlockTree.reduceShared(blocks, leaf, add);
  }

  private static double[] add(double[] left, double[] right) {
    for (int i = 0; i < left.length; i++) {
      left[i] += right[i];
    }
    return left;
  }

  private static double[][] add(double[][] left, double[][] right) {
    for (int i = 0; i < left.length; i++) {
      add(left[i], right[i]);
    }
    return left;
  }

  private double sumOf(double[] values) {
    return BlockTree.reduce(
        BlockTree.blocks(values.length),
        block -> {
          double sum = 0;
          for (int j = BlockTree.start(block); j < BlockTree.end(block, values.length); j++) {
            sum += values[j];
          }
          return sum;
        },
        Double::sum);
  }

  /**
   * Returns the number of parameters, with biases.
   *
   * @return (K - 1)(d + 1)
   */
  public int parameters() {
    return outcomes * n;
  }

  /**
   * Returns the sum of the sample weights.
   *
   * @return the sum of their weights
   */
  public double weight() {
    return sumOf(weights);
  }

  /**
   * Returns the number that is subtracted from a feature.
   *
   * @param feature from 0 to d - 1
   * @return its weighted mean over the samples of positive weight; 0 without an intercept
   */
  public double centre(int feature) {
    return centres[feature];
  }

  /**
   * Returns the unit of a feature.
   *
   * @param feature from 0 to d - 1
   * @return its weighted standard deviation, 0 if it has one value in all samples of positive
   *     weight; without an intercept the root of its weighted mean square
   */
  public double unit(int feature) {
    return units[feature];
  }

  /**
   * Returns the log-likelihood of the best model without features.
   *
   * @return of the frequencies of the classes; without an intercept, of classes that are equally
   *     likely
   */
  public double withoutFeatures() {
    double all = weight();
    if (!intercept) {
      return -all * StrictMath.log(outcomes + 1);
    }
    double sum = 0;
    for (int k = 0; k <= outcomes; k++) {
      double[] ofClass = new double[labels.length];
      for (int j = 0; j < labels.length; j++) {
        ofClass[j] = labels[j] == k ? weights[j] : 0;
      }
      double own = sumOf(ofClass);
      sum += own == 0 ? 0 : own * StrictMath.log(own / all);
    }
    return sum;
  }

  /**
   * Evaluates the negative log-likelihood.
   *
   * @param at the parameters, class after class
   * @return value, gradient and second derivative
   */
  public Evaluation evaluate(double[] at) {
    workers.run(
        worker -> {
          int to = workers.first(labels.length, BlockTree.BLOCK, worker + 1);
          for (int j = workers.first(labels.length, BlockTree.BLOCK, worker); j < to; j++) {
            compare(at, j);
          }
        });
    double[] gradient = reduce(this::gradient, Likelihood::add);
    double[][] hessian =
        products(
            (j, k, l) ->
                weights[j]
                    * probabilities[k][j]
                    * (k == l ? 1 - probabilities[k][j] : -probabilities[l][j]));
    return new Evaluation(sumOf(losses), gradient, hessian);
  }

  /**
   * Returns the sum over the samples of the outer products of their gradients, at the parameters of
   * the last evaluation. It is the middle matrix of a robust (sandwich) covariance.
   *
   * @return column c has its elements from c on
   */
  public double[][] gradientProducts() {
    return products((j, k, l) -> weights[j] * error(k, j) * (weights[j] * error(l, j)));
  }

  private double error(int k, int j) {
    return probabilities[k][j] - (labels[j] == k + 1 ? 1 : 0);
  }

  private void compare(double[] at, int j) {
    double[] v = centred(j);
    double[] z = new double[outcomes + 1];
    double[] e = new double[outcomes + 1];
    for (int k = 0; k < outcomes; k++) {
      z[k + 1] = dot(at, k * n, v);
    }
    losses[j] = weights[j] == 0 ? 0 : weights[j] * loss.compare(z, labels[j], e);
    for (int k = 0; k < outcomes; k++) {
      probabilities[k][j] = e[k + 1] + (labels[j] == k + 1 ? 1 : 0);
    }
  }

  // In four independent chains, which the processor computes in parallel.
  private static double dot(double[] at, int offset, double[] v) {
    double[] sums = new double[4];
    int i = 0;
    for (; i + 4 <= v.length; i += 4) {
      sums[0] = Math.fma(at[offset + i], v[i], sums[0]);
      sums[1] = Math.fma(at[offset + i + 1], v[i + 1], sums[1]);
      sums[2] = Math.fma(at[offset + i + 2], v[i + 2], sums[2]);
      sums[3] = Math.fma(at[offset + i + 3], v[i + 3], sums[3]);
    }
    for (; i < v.length; i++) {
      sums[0] = Math.fma(at[offset + i], v[i], sums[0]);
    }
    return sums[0] + sums[1] + (sums[2] + sums[3]);
  }

  /** 1, or 0 without an intercept, and the features of a sample. */
  private double[] centred(int j) {
    double[] sample = x.doubles(j);
    double[] v = new double[n];
    v[0] = intercept ? 1 : 0;
    for (int i = 0; i < sample.length; i++) {
      v[i + 1] = units[i] == 0 ? 0 : (sample[i] - centres[i]) / units[i];
    }
    return v;
  }

  private double[] gradient(int block) {
    double[] sums = new double[outcomes * n];
    for (int j = BlockTree.start(block); j < BlockTree.end(block, labels.length); j++) {
      if (weights[j] != 0) {
        double[] v = centred(j);
        for (int k = 0; k < outcomes; k++) {
          addTo(sums, k * n, 0, weights[j] * error(k, j), v);
        }
      }
    }
    return sums;
  }

  /** The factor of a sample for the parameters of two outcomes. */
  private interface Factor {

    double of(int j, int k, int l);
  }

  /** Each worker reads all samples and computes every n-th column. */
  private double[][] products(Factor factor) {
    double[][] all = new double[outcomes * n][];
    int step = Math.min(workers.count(), all.length);
    workers.run(
        worker -> {
          if (worker < step) {
            double[][] columns =
                BlockTree.reduce(
                    BlockTree.blocks(labels.length),
                    block -> products(block, worker, step, factor),
                    Likelihood::add);
            for (int c = worker, i = 0; c < all.length; c += step, i++) {
              all[c] = columns[i];
            }
          }
        });
    return all;
  }

  /**
   * Each element is a chain over the samples of the block. Columns are summed one after the other,
   * four samples at a time, so that a column stays in the first-level cache.
   */
  private double[][] products(int block, int first, int step, Factor factor) {
    double[][] h = new double[(outcomes * n - first - 1) / step + 1][outcomes * n];
    int[] samples =
        IntStream.range(BlockTree.start(block), BlockTree.end(block, labels.length))
            .filter(j -> weights[j] != 0)
            .toArray();
    double[][] v = new double[samples.length][];
    for (int s = 0; s < samples.length; s++) {
      v[s] = centred(samples[s]);
    }
    double[] factors = new double[samples.length];
    for (int k = 0; k < outcomes; k++) {
      for (int l = k; l < outcomes; l++) {
        for (int s = 0; s < samples.length; s++) {
          factors[s] = factor.of(samples[s], k, l);
        }
        for (int c = first, i = 0; c < outcomes * n; c += step, i++) {
          if (c / n == k) {
            add(h[i], l * n, l == k ? c % n : 0, c % n, factors, v);
          }
        }
      }
    }
    return h;
  }

  /** Adds the products of all samples to a column, from a row on. */
  private static void add(
      double[] column, int offset, int from, int row, double[] factors, double[][] v) {
    int s = 0;
    for (; s + 4 <= v.length; s += 4) {
      double[] v0 = v[s];
      double[] v1 = v[s + 1];
      double[] v2 = v[s + 2];
      double[] v3 = v[s + 3];
      double f0 = factors[s] * v0[row];
      double f1 = factors[s + 1] * v1[row];
      double f2 = factors[s + 2] * v2[row];
      double f3 = factors[s + 3] * v3[row];
      for (int i = from; i < v0.length; i++) {
        double sum = Math.fma(f0, v0[i], column[offset + i]);
        sum = Math.fma(f1, v1[i], sum);
        sum = Math.fma(f2, v2[i], sum);
        column[offset + i] = Math.fma(f3, v3[i], sum);
      }
    }
    for (; s < v.length; s++) {
      addTo(column, offset, from, factors[s] * v[s][row], v[s]);
    }
  }

  private static void addTo(double[] column, int offset, int from, double factor, double[] v) {
    for (int i = from; i < v.length; i++) {
      column[offset + i] = Math.fma(factor, v[i], column[offset + i]);
    }
  }
}
