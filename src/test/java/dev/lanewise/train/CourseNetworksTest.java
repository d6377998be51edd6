// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.TutorialFiles;
import dev.lanewise.exec.Compute;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.loss.Problem;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Parameters;
import dev.lanewise.optim.gd.NetworkGramEngine;
import dev.lanewise.options.HiddenLayers;
import dev.lanewise.reference.Network;
import dev.lanewise.reference.Samples;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The course's two networks on the tutorial's data, against the costs of NumPy in float64: {@code
 * cats-*-layers-costs.csv}.
 */
class CourseNetworksTest {

  private static final int ITERATIONS = 2500;

  private static Map<Integer, Double> costs(String file) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                CourseNetworksTest.class.getResourceAsStream(file), StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .skip(1)
          .map(line -> line.split(","))
          .collect(
              Collectors.toMap(
                  pair -> Integer.valueOf(pair[0]),
                  pair -> Double.valueOf(pair[1]),
                  (a, b) -> a,
                  TreeMap::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  // Of 209 and of 50 samples: 100 and 72 %, 98.56 and 80 %.
  @CsvSource({"two, 7, numpy:0.01, 209, 36", "four, 20-7-5, numpy:fan-in, 206, 40"})
  void costsAndAccuraciesAreThoseOfTheCourse(
      String name, String units, String start, int trainCorrect, int testCorrect) {
    int[] hidden = Arrays.stream(units.split("-")).mapToInt(Integer::parseInt).toArray();
    try (Dataset train = Datasets.read(TutorialFiles.train(), ReadOptions.labelled());
        Dataset test = Datasets.read(TutorialFiles.test(), ReadOptions.labelled());
        Arena arena = Arena.ofShared();
        Compute compute = new Compute(AllKernels.fast().getLast(), 2)) {
      Workspace workspace = Workspace.of(arena);
      Hyperparameters options =
          Hyperparameters.tutorial()
              .withHidden(HiddenLayers.of(hidden))
              .withInitialization(Initialization.parse(start), 1);
      Problem problem = TrainingProblem.of(workspace, train, options);
      Parameters parameters = new Parameters(workspace, problem.layout());
      options.initialization().fill(parameters, options.seed());
      NetworkGramEngine engine =
          new NetworkGramEngine(workspace, compute, problem, parameters, 0.0075);
      Map<Integer, Double> expected = costs("cats-" + name + "-layers-costs.csv");
      for (int iteration = 0; iteration < ITERATIONS; iteration++) {
        Double cost = expected.get(iteration);
        double found = engine.iterate(cost != null);
        if (cost != null) {
          assertThat(found).as("iteration %d", iteration).isCloseTo(cost, within(1e-6));
        }
      }
      assertThat(expected).hasSize(26);
      Network network = network(engine.parameters(), options.hidden());
      assertThat(correct(network, train)).isEqualTo(trainCorrect);
      assertThat(correct(network, test)).isEqualTo(testCorrect);
    }
  }

  private static Network network(Parameters parameters, HiddenLayers hidden) {
    double[][][] weights = new double[hidden.units().size() + 1][][];
    for (int l = 0; l < weights.length; l++) {
      FloatMatrix w = parameters.weights(l);
      weights[l] = new double[w.columns()][];
      for (int k = 0; k < w.columns(); k++) {
        weights[l][k] = w.doubles(k);
      }
    }
    Network network = new Network(hidden.activation(), weights);
    for (int l = 0; l < weights.length; l++) {
      double[] biases = parameters.biases(l).doubles(0);
      System.arraycopy(biases, 0, network.biases(l + 1), 0, biases.length);
    }
    return network;
  }

  private static int correct(Network network, Dataset data) {
    double[][] x = Samples.of(data);
    int correct = 0;
    for (int j = 0; j < x.length; j++) {
      correct += network.predict(x[j]) == data.labels()[j] ? 1 : 0;
    }
    return correct;
  }
}
