// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The oracle against sums done by hand. */
class NeuronTest {

  private static final double[][] X = {{1, 2}, {3, -1}};
  private static final int[] Y = {1, 0};

  @Test
  void equationsOnTwoSamples() {
    Neuron neuron = new Neuron(new double[] {0.5, -0.25}, 0.1);
    assertThat(neuron.z(X[0])).isCloseTo(0.1, within(1e-15));
    assertThat(neuron.z(X[1])).isCloseTo(1.85, within(1e-15));
    double a0 = 1 / (1 + Math.exp(-0.1));
    double a1 = 1 / (1 + Math.exp(-1.85));
    assertThat(neuron.output(X[0])).isCloseTo(a0, within(1e-15));
    double cost = (-Math.log(a0) - Math.log(1 - a1)) / 2;
    assertThat(neuron.cost(X, Y)).isCloseTo(cost, within(1e-14));
    assertThat(neuron.dw(X, Y))
        .containsExactly(
            new double[] {((a0 - 1) + a1 * 3) / 2, ((a0 - 1) * 2 - a1) / 2}, within(1e-15));
    assertThat(neuron.db(X, Y)).isCloseTo((a0 - 1 + a1) / 2, within(1e-15));
    assertThat(neuron.predict(X[1])).isEqualTo(1);
  }

  @Test
  void aStepGoesDownhill() {
    Neuron neuron = new Neuron(2);
    assertThat(neuron.cost(X, Y)).isCloseTo(Math.log(2), within(1e-15));
    neuron.descend(X, Y, 0.1);
    // With w = 0 every output is 1/2: dw = ((-0.5)(1, 2) + 0.5 (3, -1)) / 2, db = 0.
    assertThat(neuron.weights()).containsExactly(new double[] {-0.05, 0.075}, within(1e-15));
    assertThat(neuron.bias()).isZero();
    assertThat(neuron.cost(X, Y)).isLessThan(Math.log(2));
  }

  @Test
  void theLossIsFiniteWhereTheOutputRoundsTo1() {
    assertThat(Neuron.loss(1000, 0)).isEqualTo(1000);
    assertThat(Neuron.loss(-1000, 1)).isEqualTo(1000);
    assertThat(Neuron.loss(1000, 1)).isZero();
  }
}
