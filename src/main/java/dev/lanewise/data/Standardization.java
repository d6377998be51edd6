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
 * Features brought to a mean of 0 and a standard deviation of 1: what was learned of the training
 * data, and is applied to all data from then on. Section 16 of the contract of the numbers.
 *
 * <p>A feature that is the same in all samples becomes 0 in these.
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

  /** Learns from all samples, in their order; two passes in double. */
  static Standardization learn(SampleMatrix x) {
    double[] means = new double[x.rows()];
    float[] first = x.column(0);
    boolean[] varies = new boolean[x.rows()];
    for (int j = 0; j < x.columns(); j++) {
      float[] sample = x.column(j);
      for (int i = 0; i < means.length; i++) {
        means[i] += sample[i];
        varies[i] |= sample[i] != first[i];
      }
    }
    for (int i = 0; i < means.length; i++) {
      // The sum of many equal numbers may have been rounded.
      means[i] = varies[i] ? means[i] / x.columns() : first[i];
    }
    double[] squares = new double[means.length];
    for (int j = 0; j < x.columns(); j++) {
      float[] sample = x.column(j);
      for (int i = 0; i < means.length; i++) {
        double difference = sample[i] - means[i];
        squares[i] += difference * difference;
      }
    }
    double[] deviations = new double[means.length];
    for (int i = 0; i < means.length; i++) {
      deviations[i] = varies[i] ? Math.sqrt(squares[i] / x.columns()) : 1;
    }
    return new Standardization(means, deviations);
  }

  /** Writes (x_ij - mean_i) / deviation_i, in double and rounded once, for all samples. */
  void apply(SampleMatrix x, FloatMatrix target) {
    for (int j = 0; j < x.columns(); j++) {
      float[] sample = x.column(j);
      for (int i = 0; i < sample.length; i++) {
        sample[i] = (float) ((sample[i] - means[i]) / deviations[i]);
      }
      target.setColumn(j, sample);
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
