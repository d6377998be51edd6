// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import java.math.BigInteger;
import java.util.Locale;

/** The engines that can be asked for. */
public enum EngineChoice {
  /** The engine with the fewest multiply-adds for the problem, whatever the machine. */
  AUTO,
  /** The equations as they stand. */
  PRIMAL,
  /** The same descent on the products of the samples, X'X, made once. */
  GRAM;

  /**
   * The most that X'X, m x m floats, may take for the gram engine: 1 GiB, so 16384 samples. A
   * constant, because the machine must not decide what the bits depend on.
   */
  public static final long GRAM_BYTES = 1L << 30;

  /**
   * The name on the command line.
   *
   * @return {@code auto}, {@code primal} or {@code gram}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The engine that runs, which depends on the problem alone: of {@link #AUTO}, gram if m^2 d / 2 +
   * T m^2 &lt; 2 d m T, the multiply-adds of both, and X'X fits into {@link #GRAM_BYTES}.
   *
   * @param features d, at least 1
   * @param samples m, at least 1
   * @param iterations T, at least 0
   * @return {@link #PRIMAL} or {@link #GRAM}
   * @throws EngineUnavailableException if this is {@link #GRAM}, and X'X does not fit
   */
  public EngineChoice forProblem(int features, int samples, int iterations) {
    boolean fits = (long) samples * samples <= GRAM_BYTES / Float.BYTES;
    if (this == GRAM && !fits) {
      throw new EngineUnavailableException(
          String.format(
                  Locale.ROOT,
                  "the gram engine needs %s bytes for the products of %d samples, more than the %d it may",
                  Long.toUnsignedString((long) Float.BYTES * samples * samples),
                  samples,
                  GRAM_BYTES)
              + " take; take the primal engine");
    }
    if (this != AUTO) {
      return this;
    }
    return fits && gramIsLess(features, samples, iterations) ? GRAM : PRIMAL;
  }

  /** The multiply-adds of a run with {@link #PRIMAL} or {@link #GRAM}. */
  double multiplyAdds(double features, double samples, double iterations) {
    return this == GRAM
        ? samples * samples * (features / 2 + iterations)
        : 2 * features * samples * iterations;
  }

  // Both sides times 2 / m, so that whole numbers do: m (d + 2 T) < 4 d T. A long is too short.
  private static boolean gramIsLess(long features, long samples, long iterations) {
    BigInteger gram =
        BigInteger.valueOf(samples).multiply(BigInteger.valueOf(features + 2 * iterations));
    BigInteger primal = BigInteger.valueOf(4 * features).multiply(BigInteger.valueOf(iterations));
    return gram.compareTo(primal) < 0;
  }
}
