// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Features brought to a mean of 0 and a standard deviation of 1 (for a model without an intercept
 * to that deviation alone, with means of 0 here): what was learned of the training data, and is
 * applied to all data from then on. Section 16 of the contract of the numbers.
 *
 * <p>Features are standardised as exactly as they are kept, and rounded to float32 after that. A
 * feature that is the same in all samples, or differs by rounding alone, becomes 0 in these.
 */
public final class Standardization {

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

  /** The same deviations, with means of 0: for models without an intercept. */
  Standardization withoutMeans() {
    return new Standardization(new double[means.length], deviations);
  }

  /**
   * Tells whether features are taken from their means.
   *
   * @return false if every mean is 0
   */
  public boolean isCentred() {
    return Arrays.stream(means).anyMatch(mean -> mean != 0);
  }

  /** Learns from some samples, ascending: two sums in double, over blocks of these samples. */
  static Standardization learn(SampleMatrix x, int[] samples) {
    StandardizationSums first = StandardizationSums.of(x, samples);
    return first.learn(first.squares(x, samples), samples.length);
  }

  /**
   * Writes (x_ij - mean_i) / deviation_i, in double and rounded once, for all samples.
   *
   * @param x the features as they are
   * @param target receives the standardised features
   * @return whether all of them are finite
   */
  public boolean apply(SampleMatrix x, FloatMatrix target) {
    return ColumnRanges.all(
        x,
        (from, to) -> {
          boolean finite = true;
          for (int j = from; j < to; j++) {
            double[] sample = x.doubles(j);
            for (int i = 0; i < sample.length; i++) {
              sample[i] = (sample[i] - means[i]) / deviations[i];
              finite &= Float.isFinite((float) sample[i]);
            }
            target.putColumn(j, sample);
          }
          return finite;
        });
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
