// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Samples in two parts, each of which has its share of every class.
 *
 * @param train the numbers of the samples to learn from, ascending
 * @param test the numbers of the samples to be tested on, ascending
 */
public record Split(int[] train, int[] test) {

  /**
   * Splits by lot, class by class. The parts depend on the arguments alone.
   *
   * @param labels the class number of each sample
   * @param share of the samples that go to the test part, above 0 and below 1; as many of each
   *     class as come nearest to it, and of all
   * @param seed the same seed splits the same way
   * @return every sample in one of the parts
   * @throws IllegalArgumentException if the share is out of range, or a part would be empty
   */
  public static Split stratified(int[] labels, double share, long seed) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("the share is above 0 and below 1, not " + share);
    }
    boolean[] tested = new boolean[labels.length];
    // Specified to the bit, unlike newer generators.
    Random random = new Random(seed);
    int seen = 0;
    for (int[] members : members(labels)) {
      long before = Math.round(seen * share);
      seen += members.length;
      shuffle(members, random);
      for (int i = 0; i < Math.round(seen * share) - before; i++) {
        tested[members[i]] = true;
      }
    }
    Split split =
        new Split(
            IntStream.range(0, labels.length).filter(j -> !tested[j]).toArray(),
            IntStream.range(0, labels.length).filter(j -> tested[j]).toArray());
    if (split.train.length == 0 || split.test.length == 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "of %d samples, a share of %s leaves a part empty",
              labels.length,
              share));
    }
    return split;
  }

  // One pass for all classes, of which there may be as many as samples.
  private static int[][] members(int[] labels) {
    int[] counts = new int[Arrays.stream(labels).max().orElse(0) + 1];
    for (int label : labels) {
      counts[label]++;
    }
    int[][] members = Arrays.stream(counts).mapToObj(int[]::new).toArray(int[][]::new);
    for (int j = labels.length - 1; j >= 0; j--) {
      members[labels[j]][--counts[labels[j]]] = j;
    }
    return members;
  }

  private static void shuffle(int[] members, Random random) {
    for (int i = members.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int other = members[j];
      members[j] = members[i];
      members[i] = other;
    }
  }
}
