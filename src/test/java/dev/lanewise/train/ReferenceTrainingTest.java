// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.TestData;
import dev.lanewise.reference.Neuron;
import dev.lanewise.reference.Samples;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Training against the tutorial's equations in double. */
class ReferenceTrainingTest {

  @ParameterizedTest
  @CsvSource({
    "30,7,500,PRIMAL",
    "300,40,300,PRIMAL",
    "1000,5,200,PRIMAL",
    "50,300,300,PRIMAL",
    "30,7,500,GRAM",
    "300,40,300,GRAM",
    "1000,5,200,GRAM",
    "50,300,300,GRAM",
    "1,20,100,GRAM"
  })
  void weightsAndCostsFollowTheReference(int m, int d, int iterations, EngineChoice engine) {
    double alpha = 0.3;
    try (Dataset data = TestData.clouds(m, d, m)) {
      double[][] x = Samples.of(data);
      int[] y = data.labels();
      Neuron neuron = new Neuron(d);
      TrainingResult result =
          new LogisticRegression(
                  Hyperparameters.tutorial()
                      .withEngine(engine)
                      .withIterations(iterations)
                      .withLearningRate(alpha)
                      .withCostEvery(50))
              .fit(data);
      int next = 0;
      for (int iteration = 0; iteration < iterations; iteration++) {
        if (iteration % 50 == 0) {
          CostPoint point = result.costs().get(next++);
          assertThat(point.iteration()).isEqualTo(iteration);
          assertThat(point.cost()).isCloseTo(neuron.cost(x, y), within(1e-5));
        }
        neuron.descend(x, y, alpha);
      }
      assertThat(result.costs()).hasSize(next);
      float[] w = result.model().weights();
      double[] expected = neuron.weights();
      double difference = 0;
      double norm = 0;
      for (int i = 0; i < d; i++) {
        difference += Math.pow(w[i] - expected[i], 2);
        norm += Math.pow(expected[i], 2);
      }
      assertThat(Math.sqrt(difference / norm)).isLessThan(1e-5);
      assertThat((double) result.model().bias()).isCloseTo(neuron.bias(), within(1e-5));
    }
  }
}
