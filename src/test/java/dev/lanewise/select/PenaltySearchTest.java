// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.TestData;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.model.Evaluation;
import dev.lanewise.options.Penalty;
import dev.lanewise.train.EngineChoice;
import dev.lanewise.train.Execution;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.SharedProducts;
import dev.lanewise.train.SolverChoice;
import dev.lanewise.train.SolverOptions;
import dev.lanewise.train.TrainingException;
import dev.lanewise.train.TrainingListener;
import dev.lanewise.train.TrainingResult;
import dev.lanewise.train.WarmStart;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A search says what single trainings say, and shares what they would each make for themselves. */
class PenaltySearchTest {

  private static final Penalties PENALTIES = Penalties.range(0.03, 300, 5);

  private static LogisticRegression trainer(Hyperparameters options) {
    return new LogisticRegression(options, Execution.ofThreads(2));
  }

  private static Hyperparameters options(SolverChoice solver) {
    Hyperparameters options = Hyperparameters.defaults().withSolver(SolverOptions.of(solver));
    boolean steps = !solver.reachesOptimum();
    return steps ? options.withIterations(20).withLearningRate(0.02).withCostEvery(0) : options;
  }

  private static Map<Double, TrainingResult> path(
      Hyperparameters options, Penalties penalties, Dataset data) {
    Map<Double, TrainingResult> path = new LinkedHashMap<>();
    new PenaltyPath(trainer(options), penalties)
        .fit(data, WarmStart.NONE, AllKernels.scalar(), TrainingListener.SILENT, path::put);
    return path;
  }

  @ParameterizedTest
  @CsvSource({
    "NEWTON,50,120",
    "NEWTON,700,12",
    "NEWTON,20,2100",
    "LBFGS,50,120",
    "GD,50,120",
    "SGD,50,120"
  })
  void aPathIsWhatItsTrainingsAreAlone(SolverChoice solver, int m, int d) {
    Hyperparameters options = options(solver);
    boolean same = solver == SolverChoice.GD || solver == SolverChoice.SGD;
    try (Dataset data = TestData.clouds(m, d, 11)) {
      Map<Double, TrainingResult> path = path(options, PENALTIES, data);
      assertThat(path.keySet()).containsExactlyElementsOf(PENALTIES.values());
      int iterations = 0;
      int alone = 0;
      for (double l2 : PENALTIES.values()) {
        TrainingResult found = path.get(l2);
        TrainingResult expected =
            trainer(options.withPenalty(Penalty.l2(l2)))
                .fit(data, AllKernels.scalar(), TrainingListener.SILENT);
        if (same) {
          assertThat(found.model().weightsSha256()).isEqualTo(expected.model().weightsSha256());
          continue;
        }
        assertThat(found.convergence().converged()).as("l2 = %s", l2).isTrue();
        assertThat(found.convergence().objective())
            .isCloseTo(
                expected.convergence().objective(),
                within(1e-5 * expected.convergence().objective()));
        float[] a = found.model().weights();
        float[] b = expected.model().weights();
        for (int i = 0; i < d; i++) {
          assertThat((double) a[i]).isCloseTo(b[i], within(3e-4 * expected.model().weightsNorm()));
        }
        iterations += found.convergence().iterations();
        alone += expected.convergence().iterations();
      }
      assertThat(iterations).isLessThanOrEqualTo(alone);
    }
  }

  // What newton knows of the second derivative at one penalty serves at the next. Of few samples a
  // second derivative counts as two passes, and so it shows that fewer are made.
  @ParameterizedTest
  @CsvSource({"2, 1500, 40", "4, 3000, 15"})
  void aPathSharesTheSecondDerivativeAndIsTheSameEverywhere(int classes, int m, int d) {
    Hyperparameters options = options(SolverChoice.NEWTON);
    Penalties penalties = Penalties.range(0.1, 100, 12);
    try (Dataset data = TestData.manyClouds(m, d, classes, 5)) {
      double shared = 0;
      List<TrainingResult> path = List.of();
      Set<List<String>> digests = new HashSet<>();
      for (Kernels kernels : AllKernels.fast()) {
        for (int threads = 1; threads <= 2; threads++) {
          List<TrainingResult> results = new ArrayList<>();
          new PenaltyPath(new LogisticRegression(options, Execution.ofThreads(threads)), penalties)
              .fit(
                  data,
                  WarmStart.NONE,
                  kernels,
                  TrainingListener.SILENT,
                  (l2, result) -> results.add(result));
          digests.add(results.stream().map(one -> one.model().weightsSha256()).toList());
          shared = results.stream().mapToDouble(one -> one.convergence().passes()).sum();
          assertThat(results).allMatch(one -> one.convergence().converged());
          path = results;
        }
      }
      assertThat(digests).hasSize(1);
      double alone = 0;
      List<TrainingResult> chain = new ArrayList<>();
      WarmStart start = WarmStart.NONE;
      for (double l2 : penalties.values()) {
        TrainingResult result =
            trainer(options.withPenalty(Penalty.l2(l2)))
                .fit(data, start, AllKernels.scalar(), TrainingListener.SILENT);
        alone += result.convergence().passes();
        chain.add(result);
        start = WarmStart.from(result.model());
      }
      assertThat(shared).isLessThan(alone);
      assertThat(path.getFirst().model().weightsSha256())
          .isEqualTo(chain.getFirst().model().weightsSha256());
      for (int i = 0; i < chain.size(); i++) {
        double objective = chain.get(i).convergence().objective();
        assertThat(path.get(i).convergence().objective())
            .isCloseTo(objective, within(1e-6 * objective));
      }
    }
  }

  @Test
  void scoresAreThoseOfTrainingsOnTheFolds() {
    Hyperparameters options = options(SolverChoice.NEWTON);
    Kernels kernels = AllKernels.scalar();
    try (Dataset data = TestData.clouds(60, 100, 3)) {
      PenaltySearch search = new PenaltySearch(trainer(options), PENALTIES, 3, false);
      List<Double> tried = new ArrayList<>();
      PenaltySearch.Outcome outcome =
          search.fit(
              data,
              WarmStart.NONE,
              kernels,
              TrainingListener.SILENT,
              (fold, l2, logLoss) -> tried.add(logLoss));
      assertThat(tried).hasSize(15);
      PenaltyScores scores = outcome.scores();
      Folds folds = Folds.of(data, 3, options.seed());
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < PENALTIES.size(); i++) {
        Candidate candidate = scores.candidates().get(i);
        double l2 = PENALTIES.values().get(i);
        double[] losses = new double[3];
        double accuracy = 0;
        for (int fold = 0; fold < 3; fold++) {
          try (Dataset learned = data.select(folds.learned(fold));
              Dataset heldOut = data.select(folds.heldOut(fold))) {
            TrainingResult alone =
                trainer(options.withPenalty(Penalty.l2(l2)))
                    .fit(learned, kernels, TrainingListener.SILENT);
            Evaluation evaluation = Evaluation.of(alone.model(), heldOut, kernels);
            losses[fold] = evaluation.cost();
            accuracy += evaluation.accuracy() / 3;
            assertThat(tried.get(fold * PENALTIES.size() + i))
                .isCloseTo(evaluation.cost(), within(1e-4));
          }
        }
        double mean = (losses[0] + losses[1] + losses[2]) / 3;
        double squares = 0;
        for (double loss : losses) {
          squares += (loss - mean) * (loss - mean);
        }
        assertThat(candidate.l2()).isEqualTo(l2);
        assertThat(candidate.logLoss()).isCloseTo(mean, within(1e-4));
        assertThat(candidate.deviation()).isCloseTo(Math.sqrt(squares / 2), within(2e-4));
        assertThat(candidate.standardError()).isCloseTo(Math.sqrt(squares / 6), within(2e-4));
        assertThat(candidate.accuracy()).isCloseTo(accuracy, within(0.04));
        assertThat(candidate.converged()).isEqualTo(3);
        least = Math.min(least, candidate.logLoss());
      }
      Candidate best = scores.candidates().get(scores.best());
      assertThat(best.logLoss()).isEqualTo(least);
      assertThat(outcome.options().penalty()).isEqualTo(Penalty.l2(best.l2()));
      assertThat(outcome.result().model().weightsSha256())
          .isEqualTo(
              trainer(options.withPenalty(Penalty.l2(best.l2())))
                  .fit(data)
                  .model()
                  .weightsSha256());
    }
  }

  @Test
  void oneStandardErrorTakesAStrongerPenalty() {
    List<Candidate> candidates =
        List.of(
            new Candidate(100, 0.70, 0.1, 0.5, 1, 4, 4),
            new Candidate(10, 0.54, 0.1, 0.5, 1, 4, 4),
            new Candidate(5, Double.NaN, Double.NaN, Double.NaN, 1, 4, 4),
            new Candidate(1, 0.50, 0.1, 0.5, 1, 4, 4),
            new Candidate(0.1, 0.50, 0.1, 0.5, 1, 4, 4));
    PenaltyScores scores = PenaltyScores.of(4, candidates);
    assertThat(scores.best()).isEqualTo(3);
    assertThat(scores.simplest()).isEqualTo(1);
    Hyperparameters options = options(SolverChoice.NEWTON);
    assertThat(
            new PenaltySearch(trainer(options), PENALTIES, 4, false)
                .picked(scores)
                .hyperparameters()
                .penalty()
                .l2())
        .isEqualTo(1);
    assertThat(
            new PenaltySearch(trainer(options), PENALTIES, 4, true)
                .picked(scores)
                .hyperparameters()
                .penalty()
                .l2())
        .isEqualTo(10);
  }

  @ParameterizedTest
  @EnumSource(
      value = SolverChoice.class,
      names = {"NEWTON", "LBFGS", "GD"})
  void theSameBitsOnAllKernelsAndThreads(SolverChoice solver) {
    try (Dataset data = TestData.clouds(40, 70, 3)) {
      Set<Object> found = new HashSet<>();
      for (int threads : new int[] {1, 3}) {
        for (Kernels kernels : AllKernels.fast()) {
          PenaltySearch search =
              new PenaltySearch(
                  new LogisticRegression(options(solver), Execution.ofThreads(threads)),
                  Penalties.of(0.5, 5),
                  2,
                  false);
          try (SharedProducts products = SharedProducts.of(data)) {
            found.add(search.score(data, products, kernels, SearchObserver.SILENT));
          }
        }
      }
      assertThat(found).hasSize(1);
    }
  }

  @Test
  void sharedProductsChangeNoBit() {
    for (Hyperparameters options :
        List.of(
            options(SolverChoice.NEWTON), options(SolverChoice.GD).withEngine(EngineChoice.GRAM))) {
      try (Dataset data = TestData.clouds(90, 200, 3);
          SharedProducts products = SharedProducts.of(data)) {
        assertSame(options, data, products);
        Folds folds = Folds.of(data, 3, 1);
        for (int fold = 0; fold < 3; fold++) {
          try (Dataset most = data.select(folds.learned(fold));
              Dataset few = data.select(folds.heldOut(fold))) {
            assertSame(options, most, products.subset(folds.learned(fold)));
            assertSame(options, few, products.subset(folds.heldOut(fold)));
          }
        }
      }
    }
  }

  private static void assertSame(Hyperparameters options, Dataset data, SharedProducts products) {
    for (Kernels kernels : AllKernels.fast()) {
      LogisticRegression regression = trainer(options);
      TrainingResult own = regression.fit(data, kernels, TrainingListener.SILENT);
      TrainingResult shared =
          regression.fit(data, WarmStart.NONE.with(products), kernels, TrainingListener.SILENT);
      assertThat(own.engine()).isEqualTo("gram");
      assertThat(shared.model().weightsSha256()).isEqualTo(own.model().weightsSha256());
    }
  }

  @Test
  void productsOfOtherSamplesAreRefused() {
    try (Dataset data = TestData.clouds(30, 50, 3);
        Dataset other = TestData.clouds(31, 50, 3);
        SharedProducts products = SharedProducts.of(other)) {
      WarmStart start = WarmStart.NONE.with(products);
      LogisticRegression regression = trainer(options(SolverChoice.NEWTON));
      assertThatThrownBy(
              () -> regression.fit(data, start, AllKernels.scalar(), TrainingListener.SILENT))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("products of 31 samples of 50 features do not serve 30 of 50");
    }
  }

  @Test
  void aPenaltyThatCannotBeTrainedWithIsNotPicked() {
    Hyperparameters wild = options(SolverChoice.GD).withLearningRate(1).withIterations(300);
    try (Dataset data = TestData.clouds(40, 70, 3);
        SharedProducts products = SharedProducts.of(data)) {
      PenaltyScores scores =
          new PenaltySearch(trainer(wild), Penalties.of(1, 1e6), 2, false)
              .score(data, products, AllKernels.scalar(), SearchObserver.SILENT);
      assertThat(scores.candidates().get(0).logLoss()).isNaN();
      assertThat(scores.best()).isEqualTo(1);
      assertThat(scores.simplest()).isEqualTo(1);
      PenaltySearch hopeless = new PenaltySearch(trainer(wild), Penalties.of(1e6), 2, false);
      assertThatThrownBy(
              () -> hopeless.score(data, products, AllKernels.scalar(), SearchObserver.SILENT))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("diverged");
    }
  }

  @Test
  void moreFoldsThanSamplesOfAClassAreRefused() {
    try (Dataset data = Dataset.of(new float[][] {{1}, {2}, {3}, {4}}, new int[] {0, 0, 0, 1})) {
      PenaltySearch search =
          new PenaltySearch(trainer(options(SolverChoice.NEWTON)), PENALTIES, 2, false);
      assertThatThrownBy(
              () ->
                  search.fit(
                      data,
                      WarmStart.NONE,
                      AllKernels.scalar(),
                      TrainingListener.SILENT,
                      SearchObserver.SILENT))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("2 folds are more than the 1 samples of class 1");
    }
  }
}
