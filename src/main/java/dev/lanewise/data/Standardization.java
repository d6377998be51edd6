// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.reduce.BlockTree;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.ObjIntConsumer;

/**
 * Features brought to a mean of 0 and a standard deviation of 1: what was learned of the training
 * data, and is applied to all data from then on. Section 16 of the contract of the numbers.
 *
 * <p>Features are standardised as exactly as they are kept, and rounded to float32 after that. A
 * feature that is the same in all samples, or differs by rounding alone, becomes 0 in these.
 */
public final class Standardization {

  // Numbers closer than this to one another, beside their size, differ by rounding alone: some
  // units in the last place of a double, and far less than one of a float.
  private static final double ROUNDING = 0x1p-50;

  private final double[] means;
  private final double[] deviations;

  /**
   * Means and deviations that are known.
   *
   * @param means d finite numbers
   * @param deviations d finite numbers above 0
   * @throws IllegalArgumentException if they are not as many, or not such numbers
   */
  public Standardization(double[] means, double[] deviations) {
    this.means = means.clone();
    this.deviations = deviations.clone();
    if (means.length != deviations.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d means and %d deviations of features",
              means.length,
              deviations.length));
    }
    for (int i = 0; i < means.length; i++) {
      if (!Double.isFinite(this.means[i])
          || !Double.isFinite(this.deviations[i])
          || this.deviations[i] <= 0) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "feature %d has mean %s and deviation %s",
                i,
                means[i],
                deviations[i]));
      }
    }
  }

  /**
   * Learns from some samples: two sums in double, over blocks of these samples.
   *
   * @param samples their numbers, ascending, at least one
   */
  static Standardization learn(SampleMatrix x, int[] samples) {
    double[] first = x.doubles(samples[0]);
    double[] least = first.clone();
    double[] most = first.clone();
    double[] means =
        sum(
            x.rows(),
            samples,
            (sums, j) -> {
              double[] sample = x.doubles(j);
              for (int i = 0; i < sums.length; i++) {
                sums[i] += sample[i];
                least[i] = Math.min(least[i], sample[i]);
                most[i] = Math.max(most[i], sample[i]);
              }
            });
    boolean[] varies = new boolean[means.length];
    for (int i = 0; i < means.length; i++) {
      double size = Math.max(Math.abs(least[i]), Math.abs(most[i]));
      varies[i] = most[i] - least[i] > ROUNDING * size;
      // The sum of many equal numbers may have been rounded.
      means[i] = varies[i] ? means[i] / samples.length : first[i];
    }
    double[] squares =
        sum(
            x.rows(),
            samples,
            (sums, j) -> {
              double[] sample = x.doubles(j);
              for (int i = 0; i < sums.length; i++) {
                double difference = sample[i] - means[i];
                sums[i] += difference * difference;
              }
            });
    double[] deviations = new double[means.length];
    for (int i = 0; i < means.length; i++) {
      double deviation = Math.sqrt(squares[i] / samples.length);
      // The squares of the smallest doubles are zero.
      deviations[i] = varies[i] && deviation > 0 ? deviation : 1;
    }
    return new Standardization(means, deviations);
  }

  // A chain in each block, and the blocks by the tree.
  private static double[] sum(int features, int[] samples, ObjIntConsumer<double[]> add) {
    return BlockTree.reduce(
        BlockTree.blocks(samples.length),
        block -> {
          double[] sums = new double[features];
          int end = BlockTree.end(block, samples.length);
          for (int k = BlockTree.start(block); k < end; k++) {
            add.accept(sums, samples[k]);
          }
          return sums;
        },
        (left, right) -> {
          for (int i = 0; i < features; i++) {
            left[i] += right[i];
          }
          return left;
        });
  }

  /** Writes (x_ij - mean_i) / deviation_i, in double and rounded once, for all samples. */
  void apply(SampleMatrix x, FloatMatrix target) {
    for (int j = 0; j < x.columns(); j++) {
      double[] sample = x.doubles(j);
      for (int i = 0; i < sample.length; i++) {
        sample[i] = (sample[i] - means[i]) / deviations[i];
      }
      target.putColumn(j, sample);
    }
  }

  /**
   * The number of features.
   *
   * @return d
   */
  public int width() {
    return means.length;
  }

  /**
   * The mean of each feature.
   *
   * @return a new array of d means
   */
  public double[] means() {
    return means.clone();
  }

  /**
   * The standard deviation of each feature; 1 for one that does not vary.
   *
   * @return a new array of d deviations
   */
  public double[] deviations() {
    return deviations.clone();
  }

  /**
   * The identity of these numbers: SHA-256 of the d means, then the d deviations, as little-endian
   * float64.
   *
   * @return 64 hexadecimal digits
   */
  public String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer buffer = ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (double[] values : new double[][] {means, deviations}) {
        for (double value : values) {
          digest.update(buffer.putDouble(0, value).duplicate());
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Standardization standardization
        && Arrays.equals(means, standardization.means)
        && Arrays.equals(deviations, standardization.deviations);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(means) + Arrays.hashCode(deviations);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "Standardization[%d features]", means.length);
  }
}
