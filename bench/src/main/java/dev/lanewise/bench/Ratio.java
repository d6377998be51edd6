package dev.lanewise.bench;

import java.util.Locale;

/**
 * How much faster the SIMD kernels were than the scalar ones in the same run.
 *
 * @param benchmark the name of the benchmark's class
 * @param scalar the best time of the scalar kernels
 * @param simd the best time of the SIMD kernels
 * @param least what the ratio must reach
 */
record Ratio(String benchmark, double scalar, double simd, double least) {

  double value() {
    return scalar / simd;
  }

  /** Written so that NaN fails. */
  boolean holds() {
    return value() >= least;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-10s scalar %10.1f us   simd %10.1f us   ratio %5.2f, at least %.1f: %s",
        benchmark,
        scalar,
        simd,
        value(),
        least,
        holds() ? "ok" : "TOO LOW");
  }
}
