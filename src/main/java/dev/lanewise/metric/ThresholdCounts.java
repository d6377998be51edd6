// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.metric;

/**
 * What becomes of the samples if class 1 is predicted above another probability than one half: how
 * many are taken for class 1 at each of the thresholds 0, 1/100, 2/100 and so on to 1.
 *
 * <p>Immutable.
 */
public final class ThresholdCounts {

  /** The distance between two thresholds is one of so many parts of 1. */
  public static final int STEPS = 100;

  private final int[] truePositives = new int[STEPS + 1];
  private final int[] falsePositives = new int[STEPS + 1];
  private final int positives;
  private final int negatives;

  private ThresholdCounts(float[] probabilities, int[] labels) {
    int ones = 0;
    for (int j = 0; j < labels.length; j++) {
      ones += labels[j];
      int[] counts = labels[j] == 1 ? truePositives : falsePositives;
      for (int step = 0; step <= STEPS && probabilities[j] > threshold(step); step++) {
        counts[step]++;
      }
    }
    this.positives = ones;
    this.negatives = labels.length - ones;
  }

  /**
   * Counts samples.
   *
   * @param probabilities of class 1, one for each sample
   * @param labels as many, 0 or 1
   * @return the counts
   * @throws IllegalArgumentException if there are no samples, or not as many labels, or a label is
   *     another
   */
  public static ThresholdCounts of(float[] probabilities, int[] labels) {
    Samples.check(probabilities.length, labels);
    return new ThresholdCounts(probabilities, labels);
  }

  /**
   * A threshold: class 1 is predicted above it.
   *
   * @param step from 0 to {@value #STEPS}
   * @return from 0 to 1
   */
  public static double threshold(int step) {
    return (double) step / STEPS;
  }

  /**
   * Samples of class 1 that are predicted so.
   *
   * @param step of the threshold, from 0 to {@value #STEPS}
   * @return the count
   */
  public int truePositives(int step) {
    return truePositives[step];
  }

  /**
   * Samples of class 0 that are predicted to be of class 1.
   *
   * @param step of the threshold, from 0 to {@value #STEPS}
   * @return the count
   */
  public int falsePositives(int step) {
    return falsePositives[step];
  }

  /**
   * Samples of class 1.
   *
   * @return from 0
   */
  public int positives() {
    return positives;
  }

  /**
   * Samples of class 0.
   *
   * @return from 0
   */
  public int negatives() {
    return negatives;
  }
}
