// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.Effort;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.TutorialFiles;
import dev.lanewise.options.Activation;
import dev.lanewise.random.MersenneTwister;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkTest {

  /** Costs of NumPy's float64 run of the course's network, before the iterations 0 to 5. */
  private static final double[] COSTS_7 = {
    0.69304973565998906, 0.69261143461585961, 0.69217722492998768,
    0.69175529692540527, 0.6913435039192124, 0.69094130769360884
  };

  private static final double[] COSTS_20_7_5 = {
    0.77174932842376864, 0.69799084489672758, 0.69466366164032445,
    0.69340898664243278, 0.69287227743812541, 0.69244826069364562
  };

  /** The same before iteration 100. */
  private static final double COST_7_AT_100 = 0.64643209534288493;

  private static final double COST_20_7_5_AT_100 = 0.67205344008229151;

  private static final double STEP = 1e-5;

  @Test
  void equationsOfTwoLayersOnOneSample() {
    double[][] hidden = {{1, -1}, {0.5, 0.25}};
    Network network = new Network(Activation.RELU, hidden, new double[][] {{2, -3}});
    double[] x = {1, 2};
    // z = (-1, 1), a = (0, 1); of the output z = -3.
    assertThat(network.forward(x)).isDeepEqualTo(new double[][] {{1, 2}, {0, 1}, {-3}});
    double a = 1 / (1 + Math.exp(3));
    assertThat(network.cost(new double[][] {x}, new int[] {1}))
        .isCloseTo(-Math.log(a), within(1e-15));
    Network.Gradients gradients = network.gradients(new double[][] {x}, new int[] {1});
    double e = a - 1;
    assertThat(gradients.dw()[2][0]).containsExactly(new double[] {0, e}, within(1e-15));
    assertThat(gradients.db()[2]).containsExactly(new double[] {e}, within(1e-15));
    // The first hidden unit is off; the second has the error -3 e.
    assertThat(gradients.dw()[1][0]).containsExactly(new double[] {0, 0}, within(0.0));
    assertThat(gradients.dw()[1][1]).containsExactly(new double[] {-3 * e, -6 * e}, within(1e-15));
    assertThat(network.predict(x)).isZero();
  }

  @Test
  void aNetworkWithoutHiddenLayersIsANeuron() {
    SplittableRandom random = new SplittableRandom(4);
    double[][] x = numbers(random, 9, 5);
    int[] y = labels(random, 9, 2);
    double[][] w = numbers(random, 1, 5);
    Network network = new Network(Activation.TANH, w);
    Neuron neuron = new Neuron(w[0], 0);
    for (int iteration = 0; iteration < 5; iteration++) {
      network.descend(x, y, 0.5);
      neuron.descend(x, y, 0.5);
      assertThat(network.weights(1)[0]).containsExactly(neuron.weights(), within(1e-14));
      assertThat(network.biases(1)[0]).isCloseTo(neuron.bias(), within(1e-14));
      assertThat(network.cost(x, y)).isCloseTo(neuron.cost(x, y), within(1e-14));
    }
  }

  /** Each derivative against a central difference of the cost. */
  @ParameterizedTest
  @EnumSource
  void gradientsAreThoseOfTheCost(Activation activation) {
    for (int outputs : new int[] {1, 3}) {
      SplittableRandom random = new SplittableRandom(outputs);
      double[][] x = numbers(random, 11, 4);
      int[] y = labels(random, 11, Math.max(2, outputs));
      Network network =
          new Network(
              activation,
              numbers(random, 5, 4),
              numbers(random, 3, 5),
              numbers(random, outputs, 3));
      for (int l = 1; l <= 3; l++) {
        double[] biases = numbers(random, 1, network.biases(l).length)[0];
        System.arraycopy(biases, 0, network.biases(l), 0, biases.length);
      }
      Network.Gradients gradients = network.gradients(x, y);
      for (int l = 1; l <= 3; l++) {
        checkDerivatives(network, network.biases(l), gradients.db()[l], x, y);
        for (int k = 0; k < network.weights(l).length; k++) {
          checkDerivatives(network, network.weights(l)[k], gradients.dw()[l][k], x, y);
        }
      }
    }
  }

  private static void checkDerivatives(
      Network network, double[] parameters, double[] derivatives, double[][] x, int[] y) {
    for (int i = 0; i < parameters.length; i++) {
      int changed = i;
      double at = parameters[i];
      DoubleUnaryOperator cost =
          value -> {
            parameters[changed] = value;
            return network.cost(x, y);
          };
      double difference = cost.applyAsDouble(at + STEP) - cost.applyAsDouble(at - STEP);
      parameters[i] = at;
      assertThat(derivatives[i]).isCloseTo(difference / (2 * STEP), within(1e-9));
    }
  }

  @Test
  void aStepGoesDownhill() {
    SplittableRandom random = new SplittableRandom(8);
    double[][] x = numbers(random, 20, 4);
    int[] y = labels(random, 20, 3);
    Network network = new Network(Activation.TANH, numbers(random, 6, 4), numbers(random, 3, 6));
    double before = network.cost(x, y);
    network.descend(x, y, 0.1);
    assertThat(network.cost(x, y)).isLessThan(before);
  }

  @Test
  void theLossOfManyClassesIsFiniteWhereAProbabilityRoundsTo1() {
    double[] z = {1000, 0, -1000};
    assertThat(Network.loss(z, 0)).isZero();
    assertThat(Network.loss(z, 2)).isEqualTo(2000);
    assertThat(Network.probabilities(z)).containsExactly(1, 0, 0);
  }

  @Test
  void theCourseNetworkOfTwoLayersHasItsCosts() {
    Network network = new Network(Activation.RELU, course(12288, 7, 1));
    checkCosts(network, COSTS_7, COST_7_AT_100);
  }

  @Test
  void theCourseNetworkOfFourLayersHasItsCosts() {
    Network network = new Network(Activation.RELU, course(12288, 20, 7, 5, 1));
    checkCosts(network, COSTS_20_7_5, COST_20_7_5_AT_100);
  }

  private static void checkCosts(Network network, double[] costs, double at100) {
    try (Dataset train = Datasets.read(TutorialFiles.train(), ReadOptions.labelled())) {
      double[][] x = Samples.of(train);
      for (double[] sample : x) {
        // Pixels as the course computes them, in double.
        Arrays.setAll(sample, i -> Math.rint(sample[i] * 255) / 255);
      }
      for (int iteration = 0; iteration < Effort.of(3, 101); iteration++) {
        double cost = iteration == 100 ? at100 : costs[Math.min(iteration, costs.length - 1)];
        if (iteration < costs.length || iteration == 100) {
          assertThat(network.cost(x, train.labels()))
              .as("iteration %d", iteration)
              .isCloseTo(cost, within(1e-9));
        }
        network.descend(x, train.labels(), 0.0075);
      }
    }
  }

  /** Initial weights: NumPy's normal numbers times 0.01 with two layers, else over sqrt(inputs). */
  private static double[][][] course(int... units) {
    MersenneTwister random = new MersenneTwister(1);
    double[][][] weights = new double[units.length - 1][][];
    for (int l = 1; l < units.length; l++) {
      int inputs = units[l - 1];
      weights[l - 1] = new double[units[l]][inputs];
      for (double[] unit : weights[l - 1]) {
        Arrays.setAll(
            unit,
            i ->
                units.length == 3
                    ? random.nextNormal() * 0.01
                    : random.nextNormal() / Math.sqrt(inputs));
      }
    }
    return weights;
  }

  private static double[][] numbers(SplittableRandom random, int rows, int columns) {
    double[][] numbers = new double[rows][columns];
    for (double[] row : numbers) {
      Arrays.setAll(row, i -> random.nextDouble(-1, 1));
    }
    return numbers;
  }

  private static int[] labels(SplittableRandom random, int samples, int classes) {
    int[] labels = new int[samples];
    Arrays.setAll(labels, j -> j < classes ? j : random.nextInt(classes));
    return labels;
  }
}
