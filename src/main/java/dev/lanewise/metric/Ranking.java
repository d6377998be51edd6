// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.metric;

import java.util.Arrays;

/**
 * Samples of two classes in the order of their scores, the highest first; those of the same score
 * stand together, since no threshold tells them apart.
 *
 * <p>Group g is the g-th highest score there is. Immutable.
 */
public final class Ranking {

  /** Of class 1, and of class 0, as far as the end of each group. */
  private final int[] truePositives;

  private final int[] falsePositives;

  private Ranking(int[] truePositives, int[] falsePositives) {
    this.truePositives = truePositives;
    this.falsePositives = falsePositives;
  }

  /**
   * Ranks samples.
   *
   * @param scores a score for each sample, higher for class 1; what is not a number ranks below all
   * @param labels as many, 0 or 1
   * @return the ranking
   * @throws IllegalArgumentException if there are no samples, or not as many labels as scores, or a
   *     label is another
   */
  public static Ranking of(float[] scores, int[] labels) {
    Samples.check(scores.length, labels);
    long[] keys = new long[scores.length];
    for (int j = 0; j < keys.length; j++) {
      float score = Float.isNaN(scores[j]) ? Float.NEGATIVE_INFINITY : scores[j];
      keys[j] = ((long) ascending(score) << 32) | j;
    }
    Arrays.sort(keys);
    int[] truePositives = new int[keys.length];
    int[] falsePositives = new int[keys.length];
    int groups = 0;
    int positives = 0;
    int negatives = 0;
    for (int at = keys.length - 1; at >= 0; at--) {
      int label = labels[(int) keys[at]];
      positives += label;
      negatives += 1 - label;
      boolean last = at == 0 || keys[at] >> 32 != keys[at - 1] >> 32;
      if (last) {
        truePositives[groups] = positives;
        falsePositives[groups] = negatives;
        groups++;
      }
    }
    return new Ranking(Arrays.copyOf(truePositives, groups), Arrays.copyOf(falsePositives, groups));
  }

  // Integers in the order of the floats; -0 and 0 are one score.
  private static int ascending(float score) {
    int bits = Float.floatToIntBits(score + 0f);
    return bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
  }

  /**
   * How many different scores there are.
   *
   * @return at least 1
   */
  public int groups() {
    return truePositives.length;
  }

  /**
   * How many samples of class 1 score as high as a group, or higher.
   *
   * @param group from 0, the highest score
   * @return the count
   */
  public int truePositives(int group) {
    return truePositives[group];
  }

  /**
   * How many samples of class 0 score as high as a group, or higher.
   *
   * @param group from 0, the highest score
   * @return the count
   */
  public int falsePositives(int group) {
    return falsePositives[group];
  }

  /**
   * How many samples are of class 1.
   *
   * @return from 0
   */
  public int positives() {
    return truePositives[groups() - 1];
  }

  /**
   * How many samples are of class 0.
   *
   * @return from 0
   */
  public int negatives() {
    return falsePositives[groups() - 1];
  }
}
