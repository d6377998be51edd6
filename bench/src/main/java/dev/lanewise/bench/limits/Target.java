// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.limits;

import dev.lanewise.bench.Shape;
import dev.lanewise.bench.peers.BlasChoice;
import dev.lanewise.bench.ratio.Comparison;
import dev.lanewise.bench.ratio.Comparisons;
import java.util.ArrayList;
import java.util.List;

/**
 * A ratio, and what it should reach.
 *
 * @param comparison what is measured
 * @param ratio what it should reach
 */
record Target(Comparison comparison, double ratio) {

  static List<Target> all(boolean withNativeBlas) {
    List<Target> all = new ArrayList<>();
    for (Shape shape : List.of(Comparisons.GIBIBYTE, Comparisons.DIGITS)) {
      all.add(new Target(Comparisons.epochToReadSum(shape, true), 0.90));
      all.add(new Target(Comparisons.epochToReadSum(shape, false), 0.85));
    }
    all.add(new Target(Comparisons.epochToReadSum(Comparisons.TUTORIAL, false), 0.50));
    for (Shape shape : List.of(Comparisons.GIBIBYTE, Comparisons.DIGITS, Comparisons.TUTORIAL)) {
      all.add(new Target(Comparisons.epochBytes(shape, true), 1.8));
    }
    List<String> libraries =
        withNativeBlas ? List.of(BlasChoice.VECTOR, BlasChoice.NATIVE) : List.of(BlasChoice.VECTOR);
    for (Shape shape : List.of(Comparisons.GIBIBYTE, Comparisons.DIGITS)) {
      for (String blas : libraries) {
        all.add(new Target(Comparisons.epochToSgemv(shape, blas, false), 1.8));
        all.add(new Target(Comparisons.epochToSgemv(shape, blas, true), 1.8));
      }
    }
    for (Shape shape :
        List.of(
            Comparisons.CACHED,
            Comparisons.LONG_COLUMNS,
            Comparisons.TUTORIAL,
            Comparisons.DIGITS)) {
      all.add(new Target(Comparisons.forwardToSgemv(shape, BlasChoice.VECTOR), 1));
      all.add(new Target(Comparisons.gradientToSgemv(shape, BlasChoice.VECTOR), 1));
    }
    all.add(new Target(Comparisons.softmaxSimd(Comparisons.TUTORIAL), 6));
    all.add(new Target(Comparisons.gramToFmaPeak(), 0.70));
    all.add(new Target(Comparisons.gramOnTwo(), 1.8));
    all.add(new Target(Comparisons.epochSimd(Comparisons.CACHED), 4));
    return all;
  }
}
