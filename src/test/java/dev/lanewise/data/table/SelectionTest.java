// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The median is that of sorted numbers, to the bit. */
class SelectionTest {

  private static void check(double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double expected =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    assertThat(Double.doubleToRawLongBits(Selection.median(numbers.clone())))
        .as("%d numbers", numbers.length)
        .isEqualTo(Double.doubleToRawLongBits(expected));
  }

  @Test
  void ofRandomNumbers() {
    SplittableRandom random = new SplittableRandom(1);
    for (int length = 1; length < 300; length++) {
      int values = 1 + random.nextInt(20);
      check(random.doubles(length, -1, 1).toArray());
      check(random.ints(length, -values, values).asDoubleStream().toArray());
    }
    check(random.doubles(100_001, -1e300, 1e300).toArray());
  }

  @Test
  void ofSignedZerosAndInfinities() {
    check(new double[] {0.0, -0.0, 0.0});
    check(new double[] {0.0, -0.0, -0.0});
    check(new double[] {-0.0, 0.0});
    check(new double[] {Double.POSITIVE_INFINITY, 1, Double.NEGATIVE_INFINITY});
    check(new double[] {Double.MIN_VALUE, -Double.MIN_VALUE, 0});
  }

  @Test
  void ofOrdersThatAreHardToPartition() {
    check(IntStream.range(0, 10_000).asDoubleStream().toArray());
    check(IntStream.range(0, 10_000).mapToDouble(i -> -i).toArray());
    check(IntStream.range(0, 10_001).mapToDouble(i -> Math.min(i, 10_000 - i)).toArray());
    check(new double[5_000]);
    // The killer of median of three: the pivot is next to the smallest in each round.
    int half = 2_000;
    double[] killer = new double[2 * half];
    for (int i = 0; i < half; i++) {
      killer[i] = i % 2 == 0 ? i + 1 : half + i + (half % 2 == 0 ? 0 : 1);
      killer[half + i] = 2 * (i + 1);
    }
    check(killer);
  }
}
