// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every float there is; takes minutes. */
@Tag("exhaustive")
class FunctionsExhaustiveTest {

  private static final int CHUNKS = 1 << 12;
  private static final long CHUNK = (1L << 32) / CHUNKS;

  /** What was found over a stretch of floats. */
  record Tally(double error, float where, long misrounded, long falls, long broken) {

    static final Tally NOTHING = new Tally(0, 0f, 0, 0, 0);

    Tally and(Tally other) {
      return new Tally(
          Math.max(error, other.error),
          other.error > error ? other.where : where,
          misrounded + other.misrounded,
          falls + other.falls,
          broken + other.broken);
    }
  }

  static Stream<FunctionsTest.Function> functions() {
    return FunctionsTest.functions();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void holdsForEveryFloat(FunctionsTest.Function function) {
    long start = System.nanoTime();

    Tally all =
        IntStream.range(0, CHUNKS)
            .parallel()
            .mapToObj(chunk -> tally(function, chunk))
            .reduce(Tally.NOTHING, Tally::and);

    System.out.printf(
        Locale.ROOT,
        "%s: largest error %.4f ulp at %s (%s), not correctly rounded %d, falls %d, %.0f s%n",
        function.name(),
        all.error,
        Float.toHexString(all.where),
        all.where,
        all.misrounded,
        all.falls,
        (System.nanoTime() - start) / 1e9);
    assertThat(all.broken).as("NaNs lost or made").isZero();
    assertThat(all.falls).as("falls between neighbours").isZero();
    assertThat(all.error).isLessThanOrEqualTo(function.bound());
  }

  private static Tally tally(FunctionsTest.Function function, int chunk) {
    long first = Integer.MIN_VALUE + chunk * CHUNK;
    double worst = 0;
    float where = 0;
    long misrounded = 0;
    long falls = 0;
    long broken = 0;
    // The result for the last float of the chunk before, so that no pair of neighbours is left out.
    float before =
        first > function.first()
            ? function.computed().at(FloatSamples.of((int) first - 1))
            : Float.NEGATIVE_INFINITY;
    for (long key = first; key < first + CHUNK; key++) {
      float x = FloatSamples.of((int) key);
      float y = function.computed().at(x);
      boolean none = Float.isNaN(x) || isOutside(key, function);
      if (none || Float.isNaN(y)) {
        broken += none && Float.isNaN(y) ? 0 : 1;
        continue;
      }
      double exact = function.exact().at(x);
      misrounded += y == (float) exact ? 0 : 1;
      double error = UlpError.of(y, exact);
      if (error > worst) {
        worst = error;
        where = x;
      }
      falls += y < before ? 1 : 0;
      before = y;
    }
    return new Tally(worst, where, misrounded, falls, broken);
  }

  /** Whether a function has no value there. The sign of a zero makes no difference. */
  private static boolean isOutside(long key, FunctionsTest.Function function) {
    return key < function.first() && key != FloatSamples.key(-0f);
  }
}
