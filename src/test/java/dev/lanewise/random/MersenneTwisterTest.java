// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MersenneTwisterTest {

  // One unit in the last place of numbers between 1 and 4: a C library's own logarithm.
  private static final double LAST_BIT = 0x1p-51;

  /** The first numbers of the usual seed, and the 10000th, which the C++ standard names. */
  @Test
  void numbersAreThoseOfTheGenerator() {
    MersenneTwister random = new MersenneTwister(5489);
    long[] numbers =
        Stream.generate(random::next).limit(10000).mapToLong(Integer::toUnsignedLong).toArray();
    assertThat(numbers)
        .startsWith(3499211612L, 581869302L, 3890346734L, 3586334585L, 545404204L)
        .endsWith(4123659995L);
  }

  /** {@code RandomState(7).random_sample(3)} of NumPy 1.24. */
  @Test
  void unitNumbersAreThoseOfNumpy() {
    MersenneTwister random = new MersenneTwister(7);
    assertThat(random.nextUnit()).isEqualTo(0.07630828937395717);
    assertThat(random.nextUnit()).isEqualTo(0.7799187922401146);
    assertThat(random.nextUnit()).isEqualTo(0.4384092314408935);
  }

  /** {@code randn} of NumPy 1.24. */
  @Test
  void normalNumbersAreThoseOfNumpy() {
    assertNormal(
        1,
        1.6243453636632417,
        -0.6117564136500754,
        -0.5281717522634557,
        -1.0729686221561705,
        0.8654076293246785,
        -2.3015386968802827,
        1.74481176421648);
    assertNormal(
        MersenneTwister.LARGEST_SEED, 0.6484086742306527, 0.6693235306338161, -1.0805437227474493);
  }

  private static void assertNormal(long seed, double... expected) {
    MersenneTwister random = new MersenneTwister(seed);
    for (double number : expected) {
      assertThat(random.nextNormal()).isCloseTo(number, within(LAST_BIT));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, MersenneTwister.LARGEST_SEED + 1})
  void otherSeedsAreRejected(long seed) {
    assertThatThrownBy(() -> new MersenneTwister(seed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a seed of NumPy's generator is 0 to 4294967295, not " + seed);
  }
}
