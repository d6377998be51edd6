// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.ReadOptions;
import dev.lanewise.data.TutorialFiles;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.model.Evaluation;
import dev.lanewise.options.HiddenLayers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
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

  private final Kernels kernels = AllKernels.fast().getLast();

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
        Dataset test = Datasets.read(TutorialFiles.test(), ReadOptions.labelled())) {
      Hyperparameters options =
          Hyperparameters.tutorial()
              .withHidden(HiddenLayers.of(hidden))
              .withInitialization(Initialization.parse(start), 1)
              .withLearningRate(0.0075)
              .withIterations(ITERATIONS)
              .withCostEvery(1);
      TrainingResult result =
          new LogisticRegression(options).fit(train, kernels, TrainingListener.SILENT);
      assertThat(result.engine()).isEqualTo("gram");
      Map<Integer, Double> expected = costs("cats-" + name + "-layers-costs.csv");
      assertThat(expected).hasSize(26);
      expected.forEach(
          (iteration, cost) ->
              assertThat(result.costs().get(iteration).cost())
                  .as("iteration %d", iteration)
                  .isCloseTo(cost, within(1e-6)));
      assertThat(Evaluation.of(result.model(), train, kernels).correct()).isEqualTo(trainCorrect);
      assertThat(Evaluation.of(result.model(), test, kernels).correct()).isEqualTo(testCorrect);
    }
  }
}
