// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Schema;
import dev.lanewise.data.TestData;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.model.Model;
import dev.lanewise.options.Optimizer;
import dev.lanewise.options.Penalty;
import dev.lanewise.options.Schedule;
import dev.lanewise.options.SgdOptions;
import dev.lanewise.options.StopReason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Where a run starts from a model, it goes on from there, and comes to where it would anyway. */
class WarmStartTest {

  private static LogisticRegression trainer(Hyperparameters options) {
    return new LogisticRegression(options, Execution.ofThreads(2));
  }

  private static Hyperparameters options(SolverChoice solver, double l2) {
    return Hyperparameters.defaults()
        .withSolver(SolverOptions.of(solver))
        .withPenalty(Penalty.l2(l2));
  }

  private static void assertAlike(TrainingResult found, TrainingResult expected) {
    float[] a = found.model().weights();
    float[] b = expected.model().weights();
    double scale = expected.model().weightsNorm();
    for (int i = 0; i < a.length; i++) {
      assertThat((double) a[i]).isCloseTo(b[i], within(2e-4 * scale));
    }
    assertThat(found.convergence().objective())
        .isCloseTo(
            expected.convergence().objective(), within(1e-6 * expected.convergence().objective()));
  }

  // Newton in the space of the samples, on parts of them and with the diagonal; L-BFGS.
  @ParameterizedTest
  @CsvSource({"NEWTON,40,100", "NEWTON,1300,20", "NEWTON,12,2100", "LBFGS,40,100", "LBFGS,1300,20"})
  void aNearStartIsSoonerAtTheSameOptimum(SolverChoice solver, int m, int d) {
    try (Dataset data = TestData.clouds(m, d, 5)) {
      double l2 = m == 12 ? 0.02 : 1;
      TrainingResult cold = trainer(options(solver, l2)).fit(data);
      TrainingResult other = trainer(options(solver, 1.2 * l2)).fit(data);
      TrainingResult warm = trainer(options(solver, l2)).fit(data, other.model());
      assertThat(warm.convergence().converged()).isTrue();
      assertAlike(warm, cold);
      assertThat(warm.convergence().iterations()).isLessThan(cold.convergence().iterations());
      assertThat(warm.model().provenance().options())
          .containsEntry("from", other.model().weightsSha256());
      assertThat(cold.model().provenance().options()).doesNotContainKey("from");

      TrainingResult again = trainer(options(solver, l2)).fit(data, cold.model());
      assertThat(again.convergence().iterations()).isLessThanOrEqualTo(1);
      assertThat(again.convergence().converged()).isTrue();
      assertAlike(again, cold);
    }
  }

  @Test
  void aStartThatLeadsNowhereIsLeft() {
    try (Dataset data = TestData.clouds(40, 100, 5)) {
      float[] far = new float[100];
      for (int i = 0; i < far.length; i++) {
        far[i] = (i % 7 - 3) * 400f;
      }
      TrainingResult cold = trainer(options(SolverChoice.NEWTON, 1)).fit(data);
      Model from = new Model(far, 1000f, data.schema(), cold.model().provenance());
      TrainingResult warm = trainer(options(SolverChoice.NEWTON, 1)).fit(data, from);
      assertThat(warm.convergence().converged()).isTrue();
      assertAlike(warm, cold);
    }
  }

  @ParameterizedTest
  @EnumSource(SolverChoice.class)
  void noIterationLeavesTheModelAsItIs(SolverChoice solver) {
    try (Dataset data = TestData.clouds(40, 100, 5)) {
      Model from = trainer(options(solver, 3).withIterations(2)).fit(data).model();
      TrainingResult none = trainer(options(solver, 1).withIterations(0)).fit(data, from);
      assertThat(none.model().weightsSha256()).isEqualTo(from.weightsSha256());
      assertThat(none.convergence().stopReason()).isEqualTo(StopReason.ITERATIONS);
    }
  }

  @Test
  void gradientDescentGoesOnAsIfNothingHadBeen() {
    Hyperparameters descent =
        Hyperparameters.tutorial()
            .withLearningRate(0.1)
            .withEngine(EngineChoice.PRIMAL)
            .withPenalty(Penalty.l2(0.5));
    try (Dataset data = TestData.clouds(300, 20, 6)) {
      TrainingResult whole = trainer(descent.withIterations(70)).fit(data);
      TrainingResult first = trainer(descent.withIterations(30)).fit(data);
      TrainingResult second = trainer(descent.withIterations(40)).fit(data, first.model());
      assertThat(second.model().weightsSha256()).isEqualTo(whole.model().weightsSha256());
      TrainingResult products =
          trainer(descent.withIterations(40).withEngine(EngineChoice.GRAM))
              .fit(data, first.model());
      assertAlike(products, whole);
    }
  }

  @Test
  void aPartialFitIsOneIteration() {
    SgdOptions sgd =
        new SgdOptions(
            8, new Optimizer.Sgd(0.9, false), Schedule.of(Schedule.Kind.COSINE), 0, 0, 5);
    try (Dataset first = TestData.clouds(64, 5, 1);
        Dataset second = TestData.clouds(64, 5, 2)) {
      for (Hyperparameters options :
          List.of(
              Hyperparameters.defaults().withSgd(sgd),
              Hyperparameters.tutorial(),
              options(SolverChoice.LBFGS, 1))) {
        LogisticRegression regression = trainer(options);
        Model model = trainer(options.withIterations(3)).fit(first).model();
        TrainingResult more = regression.partialFit(second, model);
        assertThat(more.convergence().iterations()).isEqualTo(1);
        assertThat(more.model().weightsSha256())
            .isEqualTo(
                trainer(options.withIterations(1)).fit(second, model).model().weightsSha256())
            .isNotEqualTo(model.weightsSha256());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SolverChoice.class)
  void theSameBitsOnAllKernelsAndThreads(SolverChoice solver) {
    try (Dataset data = TestData.clouds(60, 90, 5)) {
      Model from = trainer(options(solver, 2).withIterations(3)).fit(data).model();
      Set<String> digests = new HashSet<>();
      for (int threads : new int[] {1, 3}) {
        for (Kernels kernels : AllKernels.fast()) {
          TrainingResult result =
              new LogisticRegression(
                      options(solver, 1).withIterations(5).withCostEvery(0),
                      Execution.ofThreads(threads))
                  .fit(data, WarmStart.from(from), kernels, TrainingListener.SILENT);
          digests.add(result.model().weightsSha256());
        }
      }
      assertThat(digests).hasSize(1);
    }
  }

  @Test
  void aModelOfOtherSamplesIsRefused() {
    try (Dataset data = TestData.clouds(40, 10, 5);
        Dataset wide = TestData.clouds(40, 11, 5);
        Dataset named = TestData.clouds(40, 10, 5).withClassNames(List.of("cat", "dog"));
        Dataset others = TestData.clouds(40, 10, 5).withClassNames(List.of("cow", "pig"))) {
      LogisticRegression regression = new LogisticRegression();
      Model ofWide = regression.fit(wide).model();
      assertThatThrownBy(() -> regression.fit(data, ofWide))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("10 features")
          .hasMessageContaining("the model to start from has 11");
      Model ofNamed = regression.fit(named).model();
      assertThatThrownBy(() -> regression.partialFit(others, ofNamed))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("[cow, pig]")
          .hasMessageContaining("[cat, dog]");
      assertThat(Schema.UNNAMED).isEqualTo(data.classNames());
      assertThatThrownBy(() -> regression.fit(data, ofNamed))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("classes [0, 1], but the model to start from has [cat, dog]");
      Dataset told = data.withClassNames(List.of("cat", "dog"));
      assertThat(regression.fit(told, ofNamed).convergence().converged()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(SolverChoice.class)
  void everySolverTellsHowItGoesOn(SolverChoice solver) {
    record Heard(int iteration, double objective, double gradientNorm, double passes) {}
    List<Heard> heard = new ArrayList<>();
    try (Dataset data = TestData.clouds(60, 90, 5)) {
      Hyperparameters options = options(solver, 1).withIterations(4).withCostEvery(1);
      TrainingListener listener =
          new TrainingListener() {
            @Override
            public void iterated(int iteration, double objective, double norm, double passes) {
              heard.add(new Heard(iteration, objective, norm, passes));
            }
          };
      Kernels kernels = AllKernels.fast().get(0);
      TrainingResult result = trainer(options).fit(data, WarmStart.NONE, kernels, listener);
      assertThat(heard).isNotEmpty().hasSizeLessThanOrEqualTo(5);
      for (int i = 0; i < heard.size(); i++) {
        Heard at = heard.get(i);
        assertThat(at.iteration()).isEqualTo(i + (solver == SolverChoice.GD ? 0 : 1));
        assertThat(at.objective()).isPositive().isLessThan(0.7);
        assertThat(Double.isNaN(at.gradientNorm())).isEqualTo(solver == SolverChoice.GD);
        assertThat(at.passes()).isBetween(0.0, result.convergence().passes());
      }
      assertThat(heard.get(heard.size() - 1).objective()).isLessThan(heard.get(0).objective());
    }
  }
}
