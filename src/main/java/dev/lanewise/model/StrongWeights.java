// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.model;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/** Finds the features that weigh most. */
public final class StrongWeights {

  private StrongWeights() {}

  /**
   * The features of the largest weights, whatever their sign.
   *
   * @param weights d finite weights
   * @param count how many features at most
   * @return their numbers, the largest weight first; of equal ones the lower number first
   */
  public static List<Integer> features(float[] weights, int count) {
    PriorityQueue<Integer> largest =
        new PriorityQueue<>(
            Comparator.<Integer>comparingDouble(feature -> Math.abs(weights[feature]))
                .thenComparing(Comparator.reverseOrder()));
    IntStream.range(0, weights.length)
        .forEach(
            feature -> {
              largest.add(feature);
              if (largest.size() > count) {
                largest.remove();
              }
            });
    return largest.stream().sorted(largest.comparator().reversed()).toList();
  }
}
