// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
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
   * The most that X'X, m x m numbers, may take for the gram engine: 1 GiB, so 16384 samples. With
   * hidden layers the numbers are double, and there are as many units of a layer at most as
   * samples: 11585. A constant, because the machine must not decide what the bits depend on.
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
   * The engine that runs without hidden layers, which depends on the problem alone: of {@link
   * #AUTO}, gram if m^2 d / 2 + T m^2 &lt; 2 d m T, the multiply-adds of both, and X'X fits into
   * {@link #GRAM_BYTES}.
   *
   * @param features d, at least 1
   * @param samples m, at least 1
   * @param iterations T, at least 0
   * @return {@link #PRIMAL} or {@link #GRAM}
   * @throws EngineUnavailableException if this is {@link #GRAM}, and X'X does not fit
   */
  public EngineChoice forProblem(int features, int samples, int iterations) {
    boolean fits = fits(samples, Float.BYTES);
    if (this != AUTO) {
      return this;
    }
    return fits && gramIsLess(features, samples, iterations) ? GRAM : PRIMAL;
  }

  /**
   * The engine that runs with hidden layers, which depends on the problem alone: of {@link #AUTO},
   * gram if m^2 d + 4 m d n + 2 T m^2 n &lt; 2 d m n T and X'X, and a matrix of the widest layer's
   * units by as many, fit into {@link #GRAM_BYTES}. These are the multiply-adds of the first layer,
   * those in double precision counted twice. The other layers have the same with both engines.
   *
   * @param features d, at least 1
   * @param samples m, at least 1
   * @param hidden the units of each hidden layer, n those of the first; at least 1 each
   * @param iterations T, at least 0
   * @return {@link #PRIMAL} or {@link #GRAM}
   * @throws EngineUnavailableException if this is {@link #GRAM}, and one of them does not fit
   */
  public EngineChoice forNetwork(int features, int samples, List<Integer> hidden, int iterations) {
    boolean fits = fits(samples, Double.BYTES) && fitsLayers(Collections.max(hidden));
    if (this != AUTO) {
      return this;
    }
    BigInteger d = BigInteger.valueOf(features);
    BigInteger m = BigInteger.valueOf(samples);
    BigInteger n = BigInteger.valueOf(hidden.getFirst());
    BigInteger twiceT = BigInteger.valueOf(2L * iterations);
    BigInteger gram =
        m.multiply(d)
            .add(d.multiply(n).multiply(BigInteger.valueOf(4)))
            .add(m.multiply(n).multiply(twiceT));
    return fits && gram.compareTo(d.multiply(n).multiply(twiceT)) < 0 ? GRAM : PRIMAL;
  }

  private boolean fits(int samples, int bytes) {
    boolean fits = (long) samples * samples <= GRAM_BYTES / bytes;
    if (this == GRAM && !fits) {
      throw new EngineUnavailableException(
          String.format(
                  Locale.ROOT,
                  "the gram engine needs %s bytes for the products of %d samples, more than the %d it may",
                  BigInteger.valueOf(samples).pow(2).multiply(BigInteger.valueOf(bytes)),
                  samples,
                  GRAM_BYTES)
              + " take; take the primal engine");
    }
    return fits;
  }

  private boolean fitsLayers(long units) {
    boolean fits = units * units <= GRAM_BYTES / Double.BYTES;
    if (this == GRAM && !fits) {
      throw new EngineUnavailableException(
          String.format(
              Locale.ROOT,
              "the gram engine takes layers of up to %d units, not %d; take the primal engine",
              (long) Math.sqrt(GRAM_BYTES / Double.BYTES),
              units));
    }
    return fits;
  }

  /** The multiply-adds of a run without hidden layers, with {@link #PRIMAL} or {@link #GRAM}. */
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
