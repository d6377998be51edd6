// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.ratio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {

  @Test
  void theRatioIsTheMedianOfTheTurnsWhateverDisturbsFewOfThem() {
    Turns turns =
        new Turns(List.of(10.0, 11.0, 5000.0, 20.0, 10.0), List.of(40.0, 44.0, 40.0, 80.0, 9000.0));

    assertThat(turns.ratio()).isEqualTo(4);
  }

  @Test
  void readsWhatAForkPrints() {
    Turns turns = Trial.parse(List.of("a line of a library", "turn 1.5 3.0", "turn 2.0 2.0E1"));

    assertThat(turns.ours()).containsExactly(1.5, 2.0);
    assertThat(turns.yardstick()).containsExactly(3.0, 20.0);
  }

  @Test
  void aForkThatMeasuredNothingIsNoResult() {
    assertThatThrownBy(() -> Trial.parse(List.of("hello")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void forksCountAlikeHoweverLongTheirTurnsTake() {
    Turns slow = new Turns(List.of(100.0, 100.0, 100.0), List.of(200.0, 200.0, 200.0));
    Turns fast = new Turns(List.of(10.0), List.of(40.0));
    Turns middle = new Turns(List.of(10.0), List.of(30.0));

    Measured measured = Measured.of(List.of(slow, fast, middle));

    assertThat(measured.ratio()).isEqualTo(new Spread(2, 3, 4));
    assertThat(measured.oursMicros().median()).isCloseTo(0.1, within(1e-12));
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
    assertThat(Spread.of(4, 1, 3, 2)).isEqualTo(new Spread(1, 2.5, 4));
    assertThatThrownBy(() -> Spread.of()).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sidesAreTimedInTurnAndAsOftenAsATurnNeeds() {
    StringBuilder order = new StringBuilder();
    Side ours = side(order, 'o', 1e6);
    Side yardstick = side(order, 'y', 50e6);

    List<List<Double>> nanos = InTurn.time(List.of(ours, yardstick), new Effort(1, 100, 3, 10));

    assertThat(nanos).containsExactly(List.of(1e6, 1e6, 1e6), List.of(50e6, 50e6, 50e6));
    assertThat(order.toString()).endsWith("o10 y1 o10 y1 o10 y1 ");
  }

  private static Side side(StringBuilder order, char name, double nanos) {
    return new Side() {
      @Override
      public double nanos(int times) {
        order.append(name).append(times).append(' ');
        return nanos;
      }

      @Override
      public void close() {}
    };
  }
}
