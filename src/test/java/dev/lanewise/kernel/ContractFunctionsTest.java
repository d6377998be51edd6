// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.kernel.FunctionsTest.Unary;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link Functions} has the bits that the contract's steps give. */
class ContractFunctionsTest {

  private static final int STRIDE = 4999;
  private static final int AROUND = 300;

  /**
   * A function, as the program computes it and as the contract describes it.
   *
   * @param first the key of the least float in its domain
   */
  record Pair(String name, Unary computed, Unary contract, int first) {

    @Override
    public String toString() {
      return name;
    }

    void check(long from, long to, int stride) {
      for (long key = Math.max(from, first); key <= to; key += stride) {
        float x = FloatSamples.of((int) key);
        // A plain condition: an assertion for each of a million floats would take seconds.
        if (Float.floatToIntBits(computed.at(x)) != Float.floatToIntBits(contract.at(x))) {
          assertThat(computed.at(x))
              .as("%s(%s)", name, Float.toHexString(x))
              .isEqualTo(contract.at(x));
          throw new AssertionError(name + " has a zero of the other sign at " + x);
        }
      }
    }
  }

  static Stream<Pair> functions() {
    int zero = FloatSamples.key(0f);
    return Stream.of(
        new Pair("exp", Functions::exp, ContractFunctions::exp, Integer.MIN_VALUE),
        new Pair("sigmoid", Functions::sigmoid, ContractFunctions::sigmoid, Integer.MIN_VALUE),
        new Pair("softplus", Functions::softplus, ContractFunctions::softplus, Integer.MIN_VALUE),
        new Pair("tanh", Functions::tanh, ContractFunctions::tanh, Integer.MIN_VALUE),
        new Pair("log", Functions::log, ContractFunctions::log, Integer.MIN_VALUE),
        new Pair("log1p", Functions::log1p, ContractFunctions::log1p, zero));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void theBitsAreThoseOfTheContractOnASampleOfAllPatterns(Pair pair) {
    pair.check(Integer.MIN_VALUE, Integer.MAX_VALUE, STRIDE);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void theBitsAreThoseOfTheContractAroundEveryBreakpoint(Pair pair) {
    for (float point : FloatSamples.interesting()) {
      int key = FloatSamples.key(point);
      pair.check(key - (long) AROUND, key + (long) AROUND, 1);
    }
  }
}
