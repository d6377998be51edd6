// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim.sgd;

import dev.lanewise.random.SplitMix64;
import dev.lanewise.random.Strata;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The samples to learn from, and those held out, which are the same fraction of each class.
 *
 * @param learned the numbers of samples, ascending, at least one
 * @param heldOut the numbers of the others, ascending
 */
public record HoldOut(int[] learned, int[] heldOut) {

  // Draws of another kind than those of weights and of orders, from the same seed.
  private static final long SALT = 0x68656C642D6F7574L; // "held-out"

  /**
   * Draws the samples to hold out.
   *
   * @param labels the class of each sample, from 0
   * @param classNames the name of each class
   * @param holdout the fraction of each class to hold out, rounded to whole samples; 0 for none
   * @param seed of the draw
   * @return the samples to learn from and those held out
   * @throws IllegalArgumentException if no sample would be held out, or all samples of a class
   */
  public static HoldOut of(int[] labels, List<String> classNames, double holdout, long seed) {
    int m = labels.length;
    if (holdout == 0) {
      return new HoldOut(IntStream.range(0, m).toArray(), new int[0]);
    }
    int[][] members = Strata.shuffled(labels, classNames.size(), new SplitMix64(seed ^ SALT));
    boolean[] held = new boolean[m];
    int count = 0;
    for (int k = 0; k < classNames.size(); k++) {
      int[] ofClass = members[k];
      int wanted = (int) Math.floor(holdout * ofClass.length + 0.5);
      if (ofClass.length > 0 && wanted == ofClass.length) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "with %s held out, none of the %d samples of class %s is left to learn from",
                holdout,
                ofClass.length,
                classNames.get(k)));
      }
      for (int i = 0; i < wanted; i++) {
        held[ofClass[i]] = true;
      }
      count += wanted;
    }
    if (count == 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s of %d samples is too little to hold out: no class has one to spare",
              holdout,
              m));
    }
    return new HoldOut(
        IntStream.range(0, m).filter(j -> !held[j]).toArray(),
        IntStream.range(0, m).filter(j -> held[j]).toArray());
  }

  /** Two are equal if they have the same samples. */
  @Override
  public boolean equals(Object other) {
    return other instanceof HoldOut same
        && Arrays.equals(learned, same.learned)
        && Arrays.equals(heldOut, same.heldOut);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(learned) + Arrays.hashCode(heldOut);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "HoldOut[%d learned, %d held out]", learned.length, heldOut.length);
  }
}
