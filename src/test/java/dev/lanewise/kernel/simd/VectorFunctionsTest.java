// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.kernel.FloatSamples;
import dev.lanewise.kernel.Functions;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("widths")
class VectorFunctionsTest {

  private static final int BLOCK = 1 << 12;

  interface Scalar {
    float at(float x);
  }

  interface Lanes {
    /** Fills y with the function of x, whole vectors of the species only. */
    void apply(float[] x, float[] y);
  }

  record Pair(String name, int width, Scalar scalar, Lanes lanes) {
    @Override
    public String toString() {
      return name;
    }

    /** The number of results whose bits differ. */
    int differences(float[] x) {
      float[] y = new float[x.length];
      lanes.apply(x, y);
      int count = 0;
      for (int i = 0; i < x.length; i++) {
        int expected = Float.floatToIntBits(scalar.at(x[i]));
        count += Float.floatToIntBits(y[i]) == expected ? 0 : 1;
      }
      return count;
    }
  }

  private static final VectorSpecies<Float> S128 = FloatVector.SPECIES_128;
  private static final VectorSpecies<Float> S256 = FloatVector.SPECIES_256;
  private static final VectorSpecies<Float> S512 = FloatVector.SPECIES_512;
  private static final VectorSpecies<Float> OWN = FloatVector.SPECIES_PREFERRED;

  // Each loop names its species, a constant, for else the compiler could not make out the shape.

  static Stream<Pair> widths() {
    return Stream.of(
            new Pair("exp 128", 4, Functions::exp, VectorFunctionsTest::exp128),
            new Pair("exp 256", 8, Functions::exp, VectorFunctionsTest::exp256),
            new Pair("sigmoid 128", 4, Functions::sigmoid, VectorFunctionsTest::sigmoid128),
            new Pair("sigmoid 256", 8, Functions::sigmoid, VectorFunctionsTest::sigmoid256),
            new Pair("softplus 128", 4, Functions::softplus, VectorFunctionsTest::softplus128),
            new Pair("softplus 256", 8, Functions::softplus, VectorFunctionsTest::softplus256),
            new Pair("log1p 128", 4, VectorFunctionsTest::log1p, VectorFunctionsTest::log1p128),
            new Pair("log1p 256", 8, VectorFunctionsTest::log1p, VectorFunctionsTest::log1p256),
            new Pair("exp 512", 16, Functions::exp, VectorFunctionsTest::exp512),
            new Pair("sigmoid 512", 16, Functions::sigmoid, VectorFunctionsTest::sigmoid512),
            new Pair("softplus 512", 16, Functions::softplus, VectorFunctionsTest::softplus512),
            new Pair("log1p 512", 16, VectorFunctionsTest::log1p, VectorFunctionsTest::log1p512))
        .filter(pair -> AllKernels.isTested(pair.width()));
  }

  static Stream<Pair> own() {
    return Stream.of(
        new Pair("exp", OWN.length(), Functions::exp, VectorFunctionsTest::expOwn),
        new Pair("sigmoid", OWN.length(), Functions::sigmoid, VectorFunctionsTest::sigmoidOwn),
        new Pair("softplus", OWN.length(), Functions::softplus, VectorFunctionsTest::softplusOwn),
        new Pair("log1p", OWN.length(), VectorFunctionsTest::log1p, VectorFunctionsTest::log1pOwn));
  }

  /** Without registers of that width vectors are objects, and a sample must be small. */
  @ParameterizedTest
  @MethodSource("widths")
  void hasTheBitsOfTheScalarFunction(Pair pair) {
    boolean atSpeed = pair.width() <= OWN.length();
    assertThat(differencesOverAll(pair, atSpeed ? 4999 : 99_991)).isZero();
    assertThat(differencesAround(pair, atSpeed ? 512 : 16)).isZero();
  }

  @Tag("exhaustive")
  @ParameterizedTest
  @MethodSource("own")
  void hasTheBitsOfTheScalarFunctionForEveryFloat(Pair pair) {
    long count =
        IntStream.range(0, (int) ((1L << 32) / BLOCK))
            .parallel()
            .mapToLong(
                block -> {
                  float[] x = new float[BLOCK];
                  for (int i = 0; i < BLOCK; i++) {
                    x[i] = FloatSamples.of(block * BLOCK + i);
                  }
                  return pair.differences(x);
                })
            .sum();
    assertThat(count).isZero();
  }

  private static long differencesOverAll(Pair pair, int stride) {
    long count = 0;
    float[] x = new float[BLOCK];
    for (long key = Integer.MIN_VALUE; key <= Integer.MAX_VALUE; key += (long) stride * BLOCK) {
      for (int i = 0; i < BLOCK; i++) {
        x[i] = FloatSamples.of((int) (key + (long) stride * i));
      }
      count += pair.differences(x);
    }
    return count;
  }

  private static long differencesAround(Pair pair, int around) {
    long count = 0;
    float[] x = new float[2 * around];
    for (float point : FloatSamples.interesting()) {
      for (int i = 0; i < x.length; i++) {
        x[i] = FloatSamples.of(FloatSamples.key(point) - around + i);
      }
      count += pair.differences(x);
    }
    return count;
  }

  private static void exp128(float[] x, float[] y) {
    for (int i = 0; i < x.length; i += S128.length()) {
      VectorFunctions.exp(FloatVector.fromArray(S128, x, i)).intoArray(y, i);
    }
  }

  private static void sigmoid128(float[] x, float[] y) {
    for (int i = 0; i < x.length; i += S128.length()) {
      VectorFunctions.sigmoid(FloatVector.fromArray(S128, x, i)).intoArray(y, i);
    }
  }

  private static void softplus128(float[] x, float[] y) {
    for (int i = 0; i < x.length; i += S128.length()) {
      VectorFunctions.softplus(FloatVector.fromArray(S128, x, i)).intoArray(y, i);
    }
  }

  private static void exp256(float[] x, float[] y) {
    for (int i = 0; i < x.length; i += S256.length()) {
      VectorFunctions.exp(FloatVector.fromArray(S256, x, i)).intoArray(y, i);
    }
  }

  private static void sigmoid256(float[] x, float[] y) {
    for (int i = 0; i < x.length; i += S256.length()) {
      VectorFunctions.sigmoid(FloatVector.fromArray(S256, x, i)).intoArray(y, i);
    }
  }

  private static void softplus256(float[] x, float[] y) {
    for (int i = 0; i < x.length; i += S256.length()) {
      VectorFunctions.softplus(FloatVector.fromArray(S256, x, i)).intoArray(y, i);
    }
  }

  private static void exp512(float[] x, float[] y) {
    for (int i = 0; i < x.length; i += S512.length()) {
      VectorFunctions.exp(FloatVector.fromArray(S512, x, i)).intoArray(y, i);
    }
  }

  private static void sigmoid512(float[] x, float[] y) {
    for (int i = 0; i < x.length; i += S512.length()) {
      VectorFunctions.sigmoid(FloatVector.fromArray(S512, x, i)).intoArray(y, i);
    }
  }

  private static void softplus512(float[] x, float[] y) {
    for (int i = 0; i < x.length; i += S512.length()) {
      VectorFunctions.softplus(FloatVector.fromArray(S512, x, i)).intoArray(y, i);
    }
  }

  private static void expOwn(float[] x, float[] y) {
    for (int i = 0; i < x.length; i += OWN.length()) {
      VectorFunctions.exp(FloatVector.fromArray(OWN, x, i)).intoArray(y, i);
    }
  }

  private static void sigmoidOwn(float[] x, float[] y) {
    for (int i = 0; i < x.length; i += OWN.length()) {
      VectorFunctions.sigmoid(FloatVector.fromArray(OWN, x, i)).intoArray(y, i);
    }
  }

  private static void softplusOwn(float[] x, float[] y) {
    for (int i = 0; i < x.length; i += OWN.length()) {
      VectorFunctions.softplus(FloatVector.fromArray(OWN, x, i)).intoArray(y, i);
    }
  }

  // That of vectors has finite arguments from 0 on, and NaN.
  private static FloatVector inDomain(FloatVector x) {
    return x.abs().min(Float.MAX_VALUE);
  }

  private static float log1p(float x) {
    return Functions.log1p(Math.min(Math.abs(x), Float.MAX_VALUE));
  }

  private static void log1p128(float[] x, float[] y) {
    for (int i = 0; i < x.length; i += S128.length()) {
      VectorFunctions.log1p(inDomain(FloatVector.fromArray(S128, x, i))).intoArray(y, i);
    }
  }

  private static void log1p256(float[] x, float[] y) {
    for (int i = 0; i < x.length; i += S256.length()) {
      VectorFunctions.log1p(inDomain(FloatVector.fromArray(S256, x, i))).intoArray(y, i);
    }
  }

  private static void log1p512(float[] x, float[] y) {
    for (int i = 0; i < x.length; i += S512.length()) {
      VectorFunctions.log1p(inDomain(FloatVector.fromArray(S512, x, i))).intoArray(y, i);
    }
  }

  private static void log1pOwn(float[] x, float[] y) {
    for (int i = 0; i < x.length; i += OWN.length()) {
      VectorFunctions.log1p(inDomain(FloatVector.fromArray(OWN, x, i))).intoArray(y, i);
    }
  }
}
