// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether probabilities mean what they say: of the samples that are said to be of class 1 with
 * about the same probability, how many are.
 *
 * @param bins those with samples in them, ascending
 * @param brierScore the mean square of the difference between probability and label
 * @param calibrationError the mean difference between what a bin says and what is so, weighed by
 *     its samples
 */
public record Reliability(List<Bin> bins, double brierScore, double calibrationError) {

  /** How many parts of the same width the probabilities from 0 to 1 are cut into. */
  public static final int BINS = 10;

  /**
   * Samples of about the same probability.
   *
   * @param meanProbability their mean predicted probability
   * @param share how many of them are of class 1, from 0 to 1
   * @param samples how many they are
   */
  public record Bin(double meanProbability, double share, int samples) {}

  /** Reliability; the bins are copied. */
  public Reliability {
    bins = List.copyOf(bins);
  }

  /**
   * Looks at probabilities.
   *
   * @param probabilities of class 1, one for each sample; what is not a number is left out
   * @param labels as many, 0 or 1
   * @return the bins and what they come to; NaN where there are none
   * @throws IllegalArgumentException if there are no samples, or not as many labels, or a label is
   *     another
   */
  public static Reliability of(float[] probabilities, int[] labels) {
    Samples.check(probabilities.length, labels);
    double[] said = new double[BINS];
    int[] positives = new int[BINS];
    int[] samples = new int[BINS];
    int all = 0;
    double squares = 0;
    for (int j = 0; j < labels.length; j++) {
      double p = probabilities[j];
      if (Double.isNaN(p)) {
        continue;
      }
      int bin = bin(p);
      said[bin] += p;
      positives[bin] += labels[j];
      samples[bin]++;
      all++;
      squares += (p - labels[j]) * (p - labels[j]);
    }
    List<Bin> bins = new ArrayList<>();
    double differences = 0;
    for (int bin = 0; bin < BINS; bin++) {
      if (samples[bin] > 0) {
        bins.add(
            new Bin(
                said[bin] / samples[bin], (double) positives[bin] / samples[bin], samples[bin]));
        differences += Math.abs(said[bin] - positives[bin]);
      }
    }
    return new Reliability(bins, squares / all, differences / all);
  }

  // A probability on an edge belongs to the bin below.
  private static int bin(double probability) {
    int bin = 0;
    while (bin < BINS - 1 && probability > (bin + 1) * (1.0 / BINS)) {
      bin++;
    }
    return bin;
  }
}
