// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FunctionsTest {

  private static final int STRIDE = 997;
  private static final int AROUND = 2000;

  interface Unary {
    float at(float x);
  }

  interface Exact {
    double at(double x);
  }

  /**
   * A function.
   *
   * @param first the key of the least float in its domain
   */
  record Function(String name, Unary computed, Exact exact, double bound, int first) {

    Function(String name, Unary computed, Exact exact, double bound) {
      this(name, computed, exact, bound, FloatSamples.FIRST);
    }

    @Override
    public String toString() {
      return name;
    }

    /** Asserts the bound and the order over keys from first to last, both included. */
    void check(int from, long last, int stride) {
      int begin = Math.max(from, first);
      float before = Float.NEGATIVE_INFINITY;
      for (long key = begin; key <= last; key += stride) {
        float x = FloatSamples.of((int) key);
        float y = computed.at(x);
        double error = UlpError.of(y, exact.at(x));
        // A plain condition: an assertion for each of millions of floats would take minutes.
        if (!(error <= bound)) {
          throw new AssertionError(name + "(" + Float.toHexString(x) + ") is off by " + error);
        }
        if (!(y >= before)) {
          throw new AssertionError(name + " falls at " + Float.toHexString(x));
        }
        before = y;
      }
    }
  }

  static Stream<Function> functions() {
    return Stream.of(
        new Function("exp", Functions::exp, UlpError::exp, 1.031),
        new Function("sigmoid", Functions::sigmoid, UlpError::sigmoid, 1.12),
        new Function("softplus", Functions::softplus, UlpError::softplus, 1.729),
        new Function("tanh", Functions::tanh, StrictMath::tanh, 2.5),
        new Function("log", Functions::log, UlpError::log, 0.894, FloatSamples.key(0f)),
        new Function("log1p", Functions::log1p, UlpError::log1p, 0.94, FloatSamples.key(0f)));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void isAccurateAndMonotoneOnASample(Function function) {
    function.check(FloatSamples.FIRST, FloatSamples.LAST, STRIDE);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void isAccurateAndMonotoneAroundEveryBreakpoint(Function function) {
    for (float point : FloatSamples.interesting()) {
      int key = FloatSamples.key(point);
      int first = Math.max(FloatSamples.FIRST, key - AROUND);
      int last = Math.min(FloatSamples.LAST, key + AROUND);
      function.check(first, last, 1);
    }
  }

  @ParameterizedTest
  @MethodSource("functions")
  void keepsNaN(Function function) {
    int[] patterns = {
      0x7fc0_0000, 0xffc0_0000, 0x7f80_0001, 0xff80_0001, 0x7fff_ffff, 0xffff_ffff, 0x7fa5_5aa5
    };
    for (int pattern : patterns) {
      assertThat(function.computed().at(Float.intBitsToFloat(pattern))).isNaN();
    }
  }

  @Test
  void expHasItsSpecialValues() {
    assertThat(Functions.exp(0f)).isEqualTo(1f);
    assertThat(Functions.exp(-0f)).isEqualTo(1f);
    assertThat(Functions.exp(Float.MIN_VALUE)).isEqualTo(1f);
    assertThat(Functions.exp(-Float.MIN_VALUE)).isEqualTo(1f);
    assertBits(Functions.exp(Float.NEGATIVE_INFINITY), 0f);
    assertBits(Functions.exp(-Float.MAX_VALUE), 0f);
    assertThat(Functions.exp(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Functions.exp(Float.MAX_VALUE)).isEqualTo(Float.POSITIVE_INFINITY);
  }

  @Test
  void expOverflowsWhereItShould() {
    float last = 0x1.62e42ep6f;
    assertThat((float) StrictMath.exp(last)).isLessThan(Float.POSITIVE_INFINITY);
    assertThat((float) StrictMath.exp(Math.nextUp(last))).isEqualTo(Float.POSITIVE_INFINITY);

    assertThat(Functions.exp(last)).isLessThan(Float.POSITIVE_INFINITY);
    assertThat(Functions.exp(Math.nextUp(last))).isEqualTo(Float.POSITIVE_INFINITY);
  }

  @Test
  void expUnderflowsGradually() {
    assertThat(Functions.exp(-100f)).isEqualTo((float) StrictMath.exp(-100));
    assertThat(Functions.exp(-103f)).isEqualTo(Float.MIN_VALUE);
    assertThat(Functions.exp(-104f)).isZero();
  }

  @Test
  void sigmoidHasItsSpecialValues() {
    assertThat(Functions.sigmoid(0f)).isEqualTo(0.5f);
    assertThat(Functions.sigmoid(-0f)).isEqualTo(0.5f);
    assertBits(Functions.sigmoid(Float.NEGATIVE_INFINITY), 0f);
    assertBits(Functions.sigmoid(-Float.MAX_VALUE), 0f);
    assertThat(Functions.sigmoid(Float.POSITIVE_INFINITY)).isEqualTo(1f);
    assertThat(Functions.sigmoid(Float.MAX_VALUE)).isEqualTo(1f);
    assertThat(Functions.sigmoid(-100f)).isEqualTo((float) StrictMath.exp(-100));
  }

  @Test
  void softplusHasItsSpecialValues() {
    assertThat(Functions.softplus(0f)).isEqualTo((float) StrictMath.log(2));
    assertThat(Functions.softplus(-0f)).isEqualTo((float) StrictMath.log(2));
    assertBits(Functions.softplus(Float.NEGATIVE_INFINITY), 0f);
    assertBits(Functions.softplus(-Float.MAX_VALUE), 0f);
    assertThat(Functions.softplus(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Functions.softplus(Float.MAX_VALUE)).isEqualTo(Float.MAX_VALUE);
    assertThat(Functions.softplus(-100f)).isEqualTo((float) StrictMath.exp(-100));
    for (int key = FloatSamples.key(17f); key < FloatSamples.LAST; key += STRIDE) {
      float x = FloatSamples.of(key);
      assertBits(Functions.softplus(x), x);
    }
  }

  @Test
  void logHasItsSpecialValues() {
    assertBits(Functions.log(1f), 0f);
    assertThat(Functions.log(0f)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(Functions.log(-0f)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(Functions.log(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Functions.log(Float.MIN_VALUE)).isEqualTo((float) StrictMath.log(0x1p-149));
    assertThat(Functions.log(Float.MAX_VALUE)).isEqualTo((float) StrictMath.log(Float.MAX_VALUE));
    for (int key = FloatSamples.FIRST; key < FloatSamples.key(-0f); key += STRIDE) {
      if (!Float.isNaN(Functions.log(FloatSamples.of(key)))) {
        throw new AssertionError(FloatSamples.of(key) + " has a logarithm");
      }
    }
    assertThat(Functions.log(-Float.MIN_VALUE)).isNaN();
  }

  @Test
  void log1pHasItsSpecialValues() {
    assertBits(Functions.log1p(0f), 0f);
    assertThat(Functions.log1p(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Functions.log1p(Float.MAX_VALUE)).isEqualTo((float) StrictMath.log(Float.MAX_VALUE));
    for (int key = FloatSamples.key(0f); key < FloatSamples.key(0x1p-24f); key += STRIDE) {
      assertBits(Functions.log1p(FloatSamples.of(key)), FloatSamples.of(key));
    }
  }

  private static void assertBits(float actual, float expected) {
    if (Float.floatToRawIntBits(actual) != Float.floatToRawIntBits(expected)) {
      throw new AssertionError(actual + " is not " + expected);
    }
  }
}
