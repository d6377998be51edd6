// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import dev.lanewise.matrix.MappedMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.reduce.BlockTree;
import java.util.function.BinaryOperator;
import java.util.function.IntFunction;

/**
 * What a {@link Standardization} is learned from: sums in double, a chain in each block and the
 * blocks by the tree. The samples of a complete subtree may be in another process; the sums of two
 * branches are added with {@link #add}.
 */
public final class StandardizationSums {

  // Numbers closer than this to one another, beside their size, differ by rounding alone: some
  // units in the last place of a double, and far less than one of a float.
  private static final double ROUNDING = 0x1p-50;

  private final double[] first;
  private final double[] least;
  private final double[] most;
  private final double[] sums;

  /**
   * Sums that are known.
   *
   * @param first the features of the first sample
   * @param least the least of each feature
   * @param most the largest of each feature
   * @param sums the sum of each feature
   */
  public StandardizationSums(double[] first, double[] least, double[] most, double[] sums) {
    this.first = first.clone();
    this.least = least.clone();
    this.most = most.clone();
    this.sums = sums.clone();
  }

  /**
   * Computes the sums of some samples.
   *
   * @param x the features
   * @param samples their numbers, ascending, at least one
   * @return the sums
   */
  public static StandardizationSums of(SampleMatrix x, int[] samples) {
    return reduce(
        x,
        samples,
        block -> {
          int from = BlockTree.start(block);
          double[] first = x.doubles(samples[from]);
          double[] sums = new double[first.length];
          double[] least = first.clone();
          double[] most = first.clone();
          for (int k = from; k < BlockTree.end(block, samples.length); k++) {
            double[] sample = x.doubles(samples[k]);
            for (int i = 0; i < sums.length; i++) {
              sums[i] += sample[i];
              least[i] = Math.min(least[i], sample[i]);
              most[i] = Math.max(most[i], sample[i]);
            }
          }
          return new StandardizationSums(first, least, most, sums);
        },
        StandardizationSums::add);
  }

  // A chain in each block, and the blocks by the tree. A mapped file is read from its beginning on.
  private static <T> T reduce(
      SampleMatrix x, int[] samples, IntFunction<T> leaf, BinaryOperator<T> add) {
    int blocks = BlockTree.blocks(samples.length);
    return x instanceof MappedMatrix
        ? BlockTree.reduce(blocks, leaf, add)
        : BlockTree.reduceShared(blocks, leaf, add);
  }

  /**
   * Adds the right branch of a node to this, its left branch.
   *
   * @param right the sums of the right branch
   * @return the sums of the node
   */
  public StandardizationSums add(StandardizationSums right) {
    StandardizationSums node = new StandardizationSums(first, least, most, sums);
    for (int i = 0; i < sums.length; i++) {
      node.least[i] = Math.min(node.least[i], right.least[i]);
      node.most[i] = Math.max(node.most[i], right.most[i]);
      node.sums[i] += right.sums[i];
    }
    return node;
  }

  /**
   * Returns the arrays of the constructor, to be sent elsewhere.
   *
   * @return first, least, most and sums
   */
  public double[][] arrays() {
    return new double[][] {first.clone(), least.clone(), most.clone(), sums.clone()};
  }

  private boolean varies(int i) {
    double size = Math.max(Math.abs(least[i]), Math.abs(most[i]));
    return most[i] - least[i] > ROUNDING * size;
  }

  /**
   * Returns the mean of each feature.
   *
   * @param samples how many samples were summed
   * @return the means
   */
  public double[] means(int samples) {
    double[] means = new double[sums.length];
    for (int i = 0; i < means.length; i++) {
      // The sum of many equal numbers may have been rounded.
      means[i] = varies(i) ? sums[i] / samples : first[i];
    }
    return means;
  }

  double[] squares(SampleMatrix x, int[] samples) {
    return squares(x, samples, means(samples.length));
  }

  /**
   * Sums the squares of the distances from the means.
   *
   * @param x the features
   * @param samples their numbers, ascending, at least one
   * @param means of all samples
   * @return the sum of each feature
   */
  public static double[] squares(SampleMatrix x, int[] samples, double[] means) {
    return reduce(
        x,
        samples,
        block -> {
          double[] sum = new double[means.length];
          for (int k = BlockTree.start(block); k < BlockTree.end(block, samples.length); k++) {
            double[] sample = x.doubles(samples[k]);
            for (int i = 0; i < sum.length; i++) {
              double difference = sample[i] - means[i];
              sum[i] += difference * difference;
            }
          }
          return sum;
        },
        (left, right) -> {
          for (int i = 0; i < left.length; i++) {
            left[i] += right[i];
          }
          return left;
        });
  }

  /**
   * Returns what was learned.
   *
   * @param squares the sums of the squares about {@link #means}, of all samples
   * @param samples how many samples there are
   * @return means and deviations
   */
  public Standardization learn(double[] squares, int samples) {
    double[] deviations = new double[squares.length];
    for (int i = 0; i < squares.length; i++) {
      double deviation = Math.sqrt(squares[i] / samples);
      // The squares of the smallest doubles are zero.
      deviations[i] = varies(i) && deviation > 0 ? deviation : 1;
    }
    return new Standardization(means(samples), deviations);
  }
}
