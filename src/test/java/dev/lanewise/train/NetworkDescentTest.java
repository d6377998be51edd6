// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.TestData;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.model.Model;
import dev.lanewise.options.Activation;
import dev.lanewise.options.HiddenLayers;
import dev.lanewise.options.Penalty;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Gradient descent on networks by the gram engine, as training takes it. */
class NetworkDescentTest {

  private static final Hyperparameters OPTIONS =
      Hyperparameters.tutorial()
          .withHidden(HiddenLayers.of(6, 5))
          .withIterations(60)
          .withLearningRate(0.05)
          .withCostEvery(10);

  private final Kernels kernels = AllKernels.fast().getLast();

  private TrainingResult fit(Dataset data, Hyperparameters options) {
    return new LogisticRegression(options).fit(data, kernels, TrainingListener.SILENT);
  }

  @ParameterizedTest
  @EnumSource
  void theEnginesAgree(Activation activation) {
    Hyperparameters options =
        OPTIONS
            .withHidden(HiddenLayers.of(6, 5).withActivation(activation))
            .withPenalty(Penalty.l2(1));
    try (Dataset two = TestData.clouds(50, 300, 7);
        Dataset three = TestData.manyClouds(60, 200, 3, 8)) {
      for (Dataset data : List.of(two, three)) {
        TrainingResult gram = fit(data, options);
        TrainingResult primal = fit(data, options.withEngine(EngineChoice.PRIMAL));
        assertThat(gram.engine()).isEqualTo("gram");
        assertThat(primal.engine()).isEqualTo("primal");
        for (int i = 0; i < gram.costs().size(); i++) {
          double cost = primal.costs().get(i).cost();
          assertThat(gram.costs().get(i).cost()).isCloseTo(cost, within(1e-5));
        }
        assertThat(gram.costs().getLast().cost()).isLessThan(gram.costs().getFirst().cost());
        assertWeightsAgree(gram.model(), primal.model());
      }
    }
  }

  private static void assertWeightsAgree(Model gram, Model primal) {
    for (int l = 0; l < primal.layers().size(); l++) {
      for (int k = 0; k < primal.layers().get(l).units(); k++) {
        float[] expected = primal.layers().get(l).weights(k);
        assertThat(gram.layers().get(l).weights(k)).containsExactly(expected, within(1e-4f));
        assertThat(gram.layers().get(l).bias(k))
            .isCloseTo(primal.layers().get(l).bias(k), within(1e-4f));
      }
    }
  }

  @Test
  void aResultOfASeriesIsThatOfARunAlone() {
    try (Dataset data = TestData.clouds(50, 300, 7)) {
      List<String> found = new ArrayList<>();
      new LogisticRegression(OPTIONS)
          .fitSeries(
              data,
              List.of(20, 60, 40),
              WarmStart.NONE,
              kernels,
              TrainingListener.SILENT,
              result -> found.add(result.engine() + result.model().weightsSha256()));
      for (int i = 0; i < found.size(); i++) {
        TrainingResult alone = fit(data, OPTIONS.withIterations(20 * (i + 1)));
        assertThat(found.get(i)).isEqualTo("gram" + alone.model().weightsSha256());
      }
      assertThat(found).hasSize(3).doesNotHaveDuplicates();
    }
  }

  @Test
  void itGoesOnFromAModel() {
    try (Dataset data = TestData.clouds(50, 300, 7)) {
      Model half = fit(data, OPTIONS).model();
      double cost = fit(data, OPTIONS.withIterations(120)).convergence().objective();
      TrainingResult rest = new LogisticRegression(OPTIONS).fit(data, half);
      assertThat(rest.engine()).isEqualTo("gram");
      assertThat(rest.convergence().objective()).isCloseTo(cost, within(1e-6));
    }
  }

  @Test
  void anEngineThatCannotBeHadIsAClearError() {
    try (Dataset data = TestData.clouds(20, 30, 7)) {
      Hyperparameters gram = OPTIONS.withEngine(EngineChoice.GRAM);
      assertThatThrownBy(() -> fit(data, gram.withPenalty(new Penalty(1, 0))))
          .isInstanceOf(EngineUnavailableException.class)
          .hasMessage(
              "the gram engine has no weights for an l1 penalty to set to zero; take the primal"
                  + " engine");
      assertThatThrownBy(() -> fit(data, gram.withHidden(HiddenLayers.of(4, 11586))))
          .isInstanceOf(EngineUnavailableException.class)
          .hasMessageContaining("layers of up to 11585 units, not 11586");
    }
  }

  @Test
  void aRunThatDivergesSaysWhereAndWhatToTry() {
    try (Dataset data = TestData.clouds(20, 300, 7)) {
      Hyperparameters wild = OPTIONS.withEngine(EngineChoice.GRAM).withLearningRate(1e200);
      assertThatThrownBy(() -> fit(data, wild))
          .isInstanceOf(TrainingException.class)
          .hasMessageMatching(
              "diverged at iteration \\d+: the outputs of layer [1-3] are no longer numbers; .+");
    }
  }
}
