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
import dev.lanewise.reference.Neuron;
import dev.lanewise.reference.Samples;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tutorial's run on the tutorial's data, against the figures of float64 arithmetic. */
class TutorialRunTest {

  private static final double[] COSTS = {
    0.693147, 0.584508, 0.466949, 0.376007, 0.331463, 0.303273, 0.279880, 0.260042, 0.242941,
    0.228004, 0.214820, 0.203078, 0.192544, 0.183033, 0.174399, 0.166521, 0.159305, 0.152667,
    0.146542, 0.140872
  };

  private final Kernels kernels = AllKernels.fast().getLast();
  private Dataset train;
  private Dataset test;

  @BeforeEach
  void read() {
    train = Datasets.read(TutorialFiles.train(), ReadOptions.labelled());
    test = Datasets.read(TutorialFiles.test(), ReadOptions.labelled());
  }

  @AfterEach
  void close() {
    if (train != null) {
      train.close();
    }
    if (test != null) {
      test.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"AUTO,gram", "PRIMAL,primal", "GRAM,gram"})
  void costsWeightsAndAccuracyAreTheTutorials(EngineChoice engine, String name) {
    TrainingResult result = fit(Hyperparameters.tutorial().withEngine(engine));
    assertThat(result.engine()).isEqualTo(name);
    assertThat(result.costs()).hasSize(COSTS.length);
    for (int i = 0; i < COSTS.length; i++) {
      assertThat(result.costs().get(i).iteration()).isEqualTo(100 * i);
      assertThat(result.costs().get(i).cost())
          .as("cost at iteration %d", 100 * i)
          .isCloseTo(COSTS[i], within(1e-4));
    }
    assertThat((double) result.model().bias()).isCloseTo(-0.01590624, within(1e-5));
    assertThat(result.model().weightsNorm()).isCloseTo(1.8863093, within(1e-4));
    assertThat(Evaluation.of(result.model(), train, kernels).correct()).isEqualTo(207);
    assertThat(Evaluation.of(result.model(), test, kernels).correct()).isEqualTo(35);
  }

  @ParameterizedTest
  // Of 209 and of 50: 99.52 and 68 %, 88.99 and 64 %, 68.42 and 36 %.
  @CsvSource({
    "0.01,208,34,PRIMAL", "0.001,186,32,PRIMAL", "0.0001,143,18,PRIMAL",
    "0.01,208,34,GRAM", "0.001,186,32,GRAM", "0.0001,143,18,GRAM"
  })
  void otherLearningRatesGiveTheTutorialsAccuracies(
      double rate, int trainCorrect, int testCorrect, EngineChoice engine) {
    Hyperparameters options = Hyperparameters.tutorial().withEngine(engine);
    TrainingResult result = fit(options.withLearningRate(rate).withIterations(1500));
    assertThat(Evaluation.of(result.model(), train, kernels).correct()).isEqualTo(trainCorrect);
    assertThat(Evaluation.of(result.model(), test, kernels).correct()).isEqualTo(testCorrect);
  }

  @Test
  void theGramEngineIsWithin1e5OfTheReference() {
    double[] expected = reference(2000, 0.005);
    float[] w = fit(Hyperparameters.tutorial().withEngine(EngineChoice.GRAM)).model().weights();
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < w.length; i++) {
      difference += Math.pow(w[i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    assertThat(Math.sqrt(difference / norm)).isLessThan(1e-5);
  }

  // The reference's descent in double, carried out on the products of the samples: Neuron itself
  // would take minutes.
  private double[] reference(int iterations, double alpha) {
    double[][] x = Samples.of(train);
    int[] y = train.labels();
    int m = x.length;
    double[][] products = new double[m][];
    for (int j = 0; j < m; j++) {
      Neuron sample = new Neuron(x[j], 0);
      products[j] = Arrays.stream(x).mapToDouble(sample::z).toArray();
    }
    double[] c = new double[m];
    double b = 0;
    for (int iteration = 0; iteration < iterations; iteration++) {
      Neuron neuron = new Neuron(c, b);
      double[] next = c.clone();
      for (int j = 0; j < m; j++) {
        double error = neuron.output(products[j]) - y[j];
        next[j] -= alpha / m * error;
        b -= alpha / m * error;
      }
      c = next;
    }
    double[] w = new double[x[0].length];
    for (int j = 0; j < m; j++) {
      for (int i = 0; i < w.length; i++) {
        w[i] += c[j] * x[j][i];
      }
    }
    return w;
  }

  @ParameterizedTest
  @CsvSource({"PRIMAL", "GRAM"})
  void everyKernelGivesOneDigest(EngineChoice engine) {
    Hyperparameters options = Hyperparameters.tutorial().withEngine(engine).withIterations(100);
    List<String> digests =
        AllKernels.fast().stream()
            .map(
                some ->
                    new LogisticRegression(options)
                        .fit(train, some, TrainingListener.SILENT)
                        .model()
                        .weightsSha256())
            .distinct()
            .toList();
    assertThat(digests).hasSize(1);
  }

  private TrainingResult fit(Hyperparameters options) {
    return new LogisticRegression(options).fit(train, kernels, TrainingListener.SILENT);
  }
}
