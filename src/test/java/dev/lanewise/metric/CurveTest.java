// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurveTest {

  @Test
  void aShortCurveStaysAsItIs() {
    Curve curve = new Curve(new double[] {0, 0, 1}, new double[] {3, 4, 5});
    assertThat(curve.thinned(1)).isSameAs(curve);
  }

  @Test
  void endsAndPeaksStayAndNothingIsMadeUp() {
    double[] x = IntStream.range(0, 100_000).asDoubleStream().toArray();
    double[] y = Arrays.stream(x).map(at -> Math.sin(at / 777)).toArray();
    y[12_345] = 40;
    y[54_321] = -40;
    Curve thinned = new Curve(x, y).thinned(150);
    assertThat(thinned.size()).isBetween(300, 600);
    assertThat(thinned.x(0)).isZero();
    assertThat(thinned.x(thinned.size() - 1)).isEqualTo(99_999);
    boolean high = false;
    boolean low = false;
    for (int i = 0; i < thinned.size(); i++) {
      assertThat(thinned.y(i)).isEqualTo(y[(int) thinned.x(i)]);
      high |= thinned.x(i) == 12_345;
      low |= thinned.x(i) == 54_321;
    }
    assertThat(high && low).isTrue();
  }

  @Test
  void aCurveOfNoWidthIsThinnedToo() {
    double[] y = IntStream.range(0, 1000).asDoubleStream().toArray();
    Curve thinned = new Curve(new double[1000], y).thinned(10);
    assertThat(thinned.size()).isEqualTo(2);
    assertThat(thinned.y(0)).isZero();
    assertThat(thinned.y(1)).isEqualTo(999);
  }

  @Test
  void whatIsLeftOutIsWithinTheTolerance() {
    int points = 20_000;
    double[] x = new double[points];
    double[] y = new double[points];
    Random random = new Random(3);
    for (int i = 0; i < points; i++) {
      x[i] = (double) i / (points - 1);
      y[i] = Math.pow(x[i], 0.05) + 1e-4 * random.nextDouble();
    }
    Curve simplified = new Curve(x, y).simplified(0.0025);
    assertThat(simplified.size()).isBetween(8, 60);
    assertThat(simplified.x(0)).isZero();
    assertThat(simplified.x(simplified.size() - 1)).isEqualTo(1);
    int right = 1;
    for (int i = 0; i < points; i++) {
      right += x[i] > simplified.x(right) ? 1 : 0;
      double ax = simplified.x(right - 1);
      double ay = simplified.y(right - 1);
      double dx = simplified.x(right) - ax;
      double dy = simplified.y(right) - ay;
      double off = Math.abs((x[i] - ax) * dy - (y[i] - ay) * dx) / Math.hypot(dx, dy);
      assertThat(off).isLessThanOrEqualTo(0.0025);
    }
  }

  @Test
  void cornersStayAndStraightLinesNeedTwoPoints() {
    Curve steps = new Curve(new double[] {0, 0.5, 1}, new double[] {1, 0.8, 0.4}).stepped();
    assertThat(steps.size()).isEqualTo(5);
    assertThat(steps.x(1)).isZero();
    assertThat(steps.y(1)).isEqualTo(0.8);
    assertThat(steps.x(3)).isEqualTo(0.5);
    assertThat(steps.y(3)).isEqualTo(0.4);
    assertThat(steps.simplified(0.0025).size()).isEqualTo(5);
    double[] line = IntStream.range(0, 1000).asDoubleStream().toArray();
    assertThat(new Curve(line, line).simplified(1e-6).size()).isEqualTo(2);
    Curve upright = new Curve(new double[1000], line).simplified(1e-6);
    assertThat(upright.size()).isEqualTo(2);
    assertThat(new Curve(new double[0], new double[0]).stepped().simplified(0).size()).isZero();
    assertThat(new Curve(new double[1], new double[1]).stepped().simplified(0).size()).isOne();
  }
}
