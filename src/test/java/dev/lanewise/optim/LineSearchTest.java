// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineSearchTest {

  private record Function(DoubleUnaryOperator value, DoubleUnaryOperator slope) {

    double search(double first, double[] last) {
      LineSearch.Line line =
          new LineSearch.Line() {
            @Override
            public void at(double t) {
              last[0] = t;
            }

            @Override
            public double value() {
              return value.applyAsDouble(last[0]);
            }

            @Override
            public double slope() {
              return slope.applyAsDouble(last[0]);
            }
          };
      double start = value.applyAsDouble(0);
      return new LineSearch(line, 0x1p-24 * Math.abs(start))
          .search(start, slope.applyAsDouble(0), first);
    }
  }

  private static final Function[] FUNCTIONS = {
    new Function(t -> (t - 3) * (t - 3), t -> 2 * (t - 3)),
    new Function(t -> Math.exp(-t) + 0.01 * t, t -> -Math.exp(-t) + 0.01),
    // More and Thuente, 1994, their first test function.
    new Function(t -> -t / (t * t + 2), t -> (t * t - 2) / Math.pow(t * t + 2, 2)),
    new Function(t -> Math.cosh(5 * t - 1) - 0.3 * t, t -> 5 * Math.sinh(5 * t - 1) - 0.3),
  };

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 0.1, 1, 10, 1000})
  void theStepSatisfiesTheStrongWolfeConditions(double first) {
    for (Function f : FUNCTIONS) {
      double[] last = {0};
      double t = f.search(first, last);
      double slope = f.slope().applyAsDouble(0);
      assertThat(t).isPositive().isEqualTo(last[0]);
      assertThat(f.value().applyAsDouble(t))
          .isLessThanOrEqualTo(f.value().applyAsDouble(0) + 1e-4 * t * slope);
      assertThat(Math.abs(f.slope().applyAsDouble(t))).isLessThanOrEqualTo(0.9 * -slope);
    }
  }

  @Test
  void aFunctionThatDoesNotFallHasNoStep() {
    Function wrong = new Function(t -> t, t -> -1);
    assertThat(wrong.search(1, new double[1])).isZero();
    Function infinite = new Function(t -> t == 0 ? 0 : Double.NaN, t -> -1);
    assertThat(infinite.search(1, new double[1])).isZero();
  }
}
