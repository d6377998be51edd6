// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data;

import dev.lanewise.matrix.SampleMatrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Finds out whether samples to be tested on were learned from. */
public final class SameSamples {

  /** So many features tell most samples apart, without all being read. */
  private static final int LOOKED_AT = 16;

  private SameSamples() {}

  /**
   * Whether all samples of some data are among those of other data, whatever their order, labels
   * and files: with the same features, to the bit.
   *
   * @param some for instance the samples to be tested on, not standardised
   * @param others for instance the samples to learn from, not standardised
   * @return false if one sample is not
   * @throws DataException as {@link Dataset#reading}
   */
  public static boolean areAmong(Dataset some, Dataset others) {
    if (some.width() != others.width()) {
      return false;
    }
    return some.reading(
        () ->
            others.reading(
                () ->
                    areAmong(some, others, Math.min(LOOKED_AT, some.width()))
                        && areAmong(some, others, some.width())));
  }

  private static boolean areAmong(Dataset some, Dataset others, int features) {
    long[] known =
        IntStream.range(0, others.samples())
            .mapToLong(j -> hash(others.features(), j, features))
            .sorted()
            .toArray();
    return IntStream.range(0, some.samples())
        .allMatch(j -> Arrays.binarySearch(known, hash(some.features(), j, features)) >= 0);
  }

  // Of features that lie equally far apart; the finalizer of SplitMix64 mixes the bits.
  private static long hash(SampleMatrix matrix, int sample, int features) {
    long hash = 0;
    for (int k = 0; k < features; k++) {
      int row = (int) ((long) k * matrix.rows() / features);
      hash = (hash ^ Float.floatToIntBits(matrix.get(row, sample))) * 0xbf58476d1ce4e5b9L;
      hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
      hash ^= hash >>> 31;
    }
    return hash;
  }
}
