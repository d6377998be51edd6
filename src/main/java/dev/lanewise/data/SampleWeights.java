// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import java.util.Locale;

/** What weights of samples must be, whatever they came from. */
final class SampleWeights {

  private SampleWeights() {}

  /** The weights of some samples, checked once more: they could all be 0. */
  static float[] select(float[] weights, int[] numbers, String source) {
    float[] some = new float[numbers.length];
    for (int k = 0; k < numbers.length; k++) {
      some[k] = weights[numbers[k]];
    }
    check(some, numbers.length, source);
    return some;
  }

  /**
   * Checks weights.
   *
   * @throws DataException if they are not as many as the samples, one is negative or not finite, or
   *     all are zero
   */
  static void check(float[] weights, int samples, String source) {
    if (weights.length != samples) {
      throw new DataException(
          source,
          String.format(
              Locale.ROOT, "%d weights for %d samples, expected as many", weights.length, samples));
    }
    boolean all = true;
    for (int j = 0; j < samples; j++) {
      if (!(weights[j] >= 0) || Float.isInfinite(weights[j])) {
        throw new DataException(
            source,
            String.format(
                Locale.ROOT,
                "the weight of sample %d is %s, expected a finite float32, at least 0",
                j,
                weights[j]));
      }
      all &= weights[j] == 0;
    }
    if (all) {
      throw new DataException(source, "every weight is 0, expected at least one above");
    }
  }
}
