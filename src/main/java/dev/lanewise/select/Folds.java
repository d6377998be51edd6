// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.select;

import dev.lanewise.data.Dataset;
import dev.lanewise.random.SplitMix64;
import dev.lanewise.random.Strata;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A stratified partition of samples into folds of almost equal size. Each fold is held out once
 * while the others are learned from.
 *
 * <p>It depends on the labels, the number of folds and the seed alone.
 */
public final class Folds {

  // Draws of another kind than those of weights, orders and held-out parts, from the same seed.
  private static final long SALT = 0x666F6C6473L; // "folds"

  private final int[] foldOf;
  private final int count;

  private Folds(int[] foldOf, int count) {
    this.foldOf = foldOf;
    this.count = count;
  }

  /**
   * Deals the samples of each class to the folds in turn, in random order, class after class. The
   * sizes of two folds differ by at most one sample, in each class and in all.
   *
   * @param labels the class of each sample, from 0
   * @param classNames the name of each class
   * @param count how many folds, at least 2
   * @param seed of the random order
   * @return the folds
   * @throws IllegalArgumentException if there are fewer folds than 2, or more than samples of a
   *     class that there is
   */
  public static Folds stratified(int[] labels, List<String> classNames, int count, long seed) {
    if (count < 2) {
      throw new IllegalArgumentException("folds are at least 2, not " + count);
    }
    int[][] members = Strata.shuffled(labels, classNames.size(), new SplitMix64(seed ^ SALT));
    int[] foldOf = new int[labels.length];
    int dealt = 0;
    for (int k = 0; k < members.length; k++) {
      if (members[k].length > 0 && members[k].length < count) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%d folds are more than the %d samples of class %s; each fold needs one",
                count,
                members[k].length,
                classNames.get(k)));
      }
      for (int j : members[k]) {
        foldOf[j] = dealt++ % count;
      }
    }
    return new Folds(foldOf, count);
  }

  /**
   * The folds of a data set.
   *
   * @param data labelled samples
   * @param count how many folds, at least 2
   * @param seed of the random order
   * @return the folds
   * @throws IllegalArgumentException as {@link #stratified}
   */
  public static Folds of(Dataset data, int count, long seed) {
    return stratified(data.labels(), data.classNames(), count, seed);
  }

  /**
   * The number of folds.
   *
   * @return at least 2
   */
  public int count() {
    return count;
  }

  /**
   * The samples of a fold.
   *
   * @param fold from 0
   * @return their numbers, ascending
   */
  public int[] heldOut(int fold) {
    return IntStream.range(0, foldOf.length).filter(j -> foldOf[j] == fold).toArray();
  }

  /**
   * The samples of all other folds.
   *
   * @param fold from 0
   * @return their numbers, ascending
   */
  public int[] learned(int fold) {
    return IntStream.range(0, foldOf.length).filter(j -> foldOf[j] != fold).toArray();
  }

  /** Folds are equal if they have the same samples. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Folds folds
        && count == folds.count
        && Arrays.equals(foldOf, folds.foldOf);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(foldOf);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "Folds[%d of %d samples]", count, foldOf.length);
  }
}
