package dev.lanewise.report.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
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
}
