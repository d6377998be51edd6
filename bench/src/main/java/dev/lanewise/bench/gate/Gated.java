// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.gate;

import dev.lanewise.bench.ratio.Comparison;
import dev.lanewise.bench.ratio.Comparisons;
import java.util.List;

/**
 * A ratio that the gate looks at.
 *
 * @param comparison what is measured
 * @param floor what it must reach on any machine; measured ratios are higher, and what is left is
 *     room for noise and for other machines
 */
record Gated(Comparison comparison, double floor) {

  private static final double LEAST_FROM_8_LANES = 1.5;
  private static final double LEAST_BELOW_8_LANES = 1.1;
  private static final double LEAST_OF_READ_SUM = 0.25;
  private static final double LEAST_OF_FLOATS = 0.6;
  private static final double LEAST_OF_FMA_PEAK = 0.35;
  private static final double LEAST_OF_LAYER = 0.2;
  private static final double LEAST_OF_100_EPOCHS = 0.1;

  // On one core: how fast two are together depends on who else is on the machine.
  static List<Gated> all(int lanes) {
    double simd = lanes < 8 ? LEAST_BELOW_8_LANES : LEAST_FROM_8_LANES;
    return List.of(
        new Gated(Comparisons.epochSimd(Comparisons.TUTORIAL), simd),
        new Gated(Comparisons.forwardSimd(Comparisons.TUTORIAL), simd),
        new Gated(Comparisons.gradientSimd(Comparisons.TUTORIAL), simd),
        new Gated(Comparisons.forwardSimd(Comparisons.LONG_COLUMNS), simd),
        new Gated(Comparisons.softmaxSimd(Comparisons.TUTORIAL), simd),
        new Gated(Comparisons.epochToReadSum(Comparisons.TUTORIAL, false), LEAST_OF_READ_SUM),
        new Gated(Comparisons.epochToReadSum(Comparisons.DIGITS, false), LEAST_OF_READ_SUM),
        new Gated(Comparisons.epochBytes(Comparisons.DIGITS, false), LEAST_OF_FLOATS),
        new Gated(Comparisons.gramToFmaPeak(), LEAST_OF_FMA_PEAK),
        layer("outputs"),
        layer("deltas"),
        layer("slopes"),
        new Gated(Comparisons.solver(Comparisons.TUTORIAL, "newton"), LEAST_OF_100_EPOCHS),
        new Gated(Comparisons.solver(Comparisons.SMALL_DIGITS, "newton"), LEAST_OF_100_EPOCHS),
        new Gated(Comparisons.solver(Comparisons.SMALL_DIGITS, "lbfgs"), LEAST_OF_100_EPOCHS),
        new Gated(Comparisons.solver(Comparisons.SMALL_DIGITS, "sgd"), LEAST_OF_100_EPOCHS));
  }

  private static Gated layer(String product) {
    return new Gated(
        Comparisons.networkLayerToFmaPeak(Comparisons.BATCH, Comparisons.UNITS, product),
        LEAST_OF_LAYER);
  }

  String name() {
    return comparison.name();
  }
}
