// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.data.Dataset;
import dev.lanewise.kernel.KernelChoice;
import dev.lanewise.kernel.KernelRequest;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Evaluation;
import dev.lanewise.model.Model;
import dev.lanewise.model.MultiClass;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Softmax regression from a data set to a model. */
class SoftmaxRegressionTest {

  private final Kernels kernels = KernelChoice.choose(KernelRequest.auto(), warning -> {});

  @ParameterizedTest
  @EnumSource
  void everySolverMakesAModelOfAllClasses(SolverChoice solver) {
    Hyperparameters options =
        Hyperparameters.defaults().withSolver(SolverOptions.of(solver).withLearningRate(0.05));
    try (Dataset data = OneVersusRestTest.clouds(400, 20, "3", "7", "9")) {
      TrainingResult result = new LogisticRegression(options, Execution.ofThreads(2)).fit(data);
      Model model = result.model();
      assertThat(model.multiClass()).contains(MultiClass.SOFTMAX);
      assertThat(model.schema().classNames()).containsExactly("3", "7", "9");
      assertThat(model.provenance().options()).containsEntry("multi-class", "softmax");
      Evaluation evaluation = Evaluation.of(model, data, kernels);
      assertThat(evaluation.accuracy()).isGreaterThan(0.75);
      // J is the cost and the penalty.
      double penalty = Math.pow(model.weightsNorm(), 2) / 2 / data.samples();
      assertThat(evaluation.cost() + penalty)
          .isCloseTo(result.convergence().objective(), within(1e-5));
      assertThat(
              new LogisticRegression(options, Execution.ofThreads(1))
                  .fit(data)
                  .model()
                  .weightsSha256())
          .isEqualTo(model.weightsSha256());
    }
  }

  @Test
  void weightsOfClassesAreThoseOfTheirSamples() {
    Hyperparameters options = Hyperparameters.defaults();
    try (Dataset data = OneVersusRestTest.clouds(140, 10, "3", "7", "9")) {
      float[] weights = new float[140];
      int[] labels = data.labels();
      for (int j = 0; j < 140; j++) {
        weights[j] = List.of(1f, 2.5f, 0.5f).get(labels[j]);
      }
      Hyperparameters weighing = options.withClassWeights(ClassWeights.parse("7=2.5,9=0.5"));
      assertThat(new LogisticRegression(weighing).fit(data).model().weightsSha256())
          .isEqualTo(
              new LogisticRegression(options)
                  .fit(data.withWeights(weights))
                  .model()
                  .weightsSha256());
    }
  }

  @Test
  void aModelIsAStart() {
    try (Dataset data = OneVersusRestTest.clouds(400, 20, "3", "7", "9")) {
      TrainingResult cold = new LogisticRegression().fit(data);
      TrainingResult warm = new LogisticRegression().fit(data, cold.model());
      assertThat(warm.convergence().converged()).isTrue();
      assertThat(warm.convergence().iterations()).isLessThan(cold.convergence().iterations());
      assertThat(warm.convergence().objective())
          .isCloseTo(cold.convergence().objective(), within(1e-9));
      int[] some = {0, 1, 2, 3, 4, 5};
      try (Dataset part = data.select(some)) {
        Hyperparameters steps = Hyperparameters.tutorial();
        Model more = new LogisticRegression(steps).partialFit(part, cold.model()).model();
        assertThat(more.columns()).isEqualTo(3);
        assertThat(more.weightsSha256()).isNotEqualTo(cold.model().weightsSha256());
      }
    }
  }

  @Test
  void theGramEngineIsForTwoClasses() {
    Hyperparameters options = Hyperparameters.tutorial().withEngine(EngineChoice.GRAM);
    try (Dataset data = OneVersusRestTest.clouds(30, 100, "a", "b", "c")) {
      assertThatThrownBy(() -> new LogisticRegression(options).fit(data))
          .isInstanceOf(EngineUnavailableException.class)
          .hasMessageContaining("two classes apart, not 3");
      TrainingResult each =
          new LogisticRegression(options.withMultiClass(MultiClass.OVR)).fit(data);
      assertThat(each.engine()).isEqualTo("gram");
    }
  }
}
