// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Standardization;
import dev.lanewise.data.TestData;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.model.Evaluation;
import dev.lanewise.optim.sgd.HoldOut;
import dev.lanewise.options.SgdOptions;
import dev.lanewise.train.EngineChoice;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.SharedProducts;
import dev.lanewise.train.SolverChoice;
import dev.lanewise.train.SolverOptions;
import dev.lanewise.train.TrainingListener;
import dev.lanewise.train.WarmStart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Means and deviations are those of what a training learns from, and of nothing held out. */
class StandardizedFoldsTest {

  private static final int FOLDS = 3;

  private static final Kernels KERNELS = AllKernels.scalar();

  /** Few samples, one of which would be most of any mean. */
  private static Dataset data() {
    Dataset clouds = TestData.clouds(30, 40, 5);
    float[][] samples = new float[30][];
    for (int j = 0; j < samples.length; j++) {
      samples[j] = clouds.features().column(j);
      samples[j][3] = samples[j][3] * 1000 + 5000;
    }
    samples[7][3] = 4e6f;
    int[] labels = clouds.labels();
    clouds.close();
    return Dataset.of(samples, labels);
  }

  private static Hyperparameters options(SolverChoice solver) {
    Hyperparameters options = Hyperparameters.defaults().withSolver(SolverOptions.of(solver));
    return solver == SolverChoice.GD
        ? options.withEngine(EngineChoice.GRAM).withIterations(30).withLearningRate(0.1)
        : options;
  }

  /** The cost of a fold, all of it made by hand from the samples as they were read. */
  private static double cost(Dataset raw, int[] learned, int[] heldOut, Hyperparameters options) {
    try (Dataset some = raw.select(learned);
        Dataset scaled = some.standardized();
        Dataset others = raw.select(heldOut)) {
      return Evaluation.of(
              new LogisticRegression(options)
                  .fit(scaled, WarmStart.NONE, KERNELS, TrainingListener.SILENT)
                  .model(),
              others,
              KERNELS)
          .cost();
    }
  }

  private static double expected(Dataset raw, Hyperparameters options) {
    Folds folds = Folds.of(raw, FOLDS, options.seed());
    double sum = 0;
    for (int fold = 0; fold < FOLDS; fold++) {
      sum += cost(raw, folds.learned(fold), folds.heldOut(fold), options);
    }
    return sum / FOLDS;
  }

  @ParameterizedTest
  @EnumSource(
      value = SolverChoice.class,
      names = {"NEWTON", "GD"})
  void penaltiesAreScoredByFoldsStandardisedOnTheirOwn(SolverChoice solver) {
    Hyperparameters options = options(solver);
    try (Dataset raw = data();
        Dataset train = raw.standardized();
        SharedProducts products = SharedProducts.of(train)) {
      PenaltyScores scores =
          new PenaltySearch(new LogisticRegression(options), Penalties.of(1.0), FOLDS, false)
              .score(train, products, KERNELS, (fold, l2, logLoss) -> {});
      assertThat(scores.candidates().getFirst().logLoss()).isEqualTo(expected(raw, options));
      assertThat(train.isStandardizedOnItself()).isTrue();
    }
  }

  @Test
  void sweepsAndCurvesAreStandardisedByWhatTheyLearnFrom() {
    Hyperparameters options = options(SolverChoice.GD);
    try (Dataset raw = data();
        Dataset train = raw.standardized();
        SharedProducts products = SharedProducts.of(train)) {
      Setting setting = new Setting(options.learningRate(), options.iterations(), 0);
      SweepRun run =
          new Sweep(new LogisticRegression(options), List.of(setting), FOLDS)
              .run(train, Optional.empty(), KERNELS, Sweep.Observer.SILENT)
              .runs()
              .getFirst();
      double expected = expected(raw, options);
      assertThat(run.folds().orElseThrow().logLoss()).isEqualTo(expected);
      List<CurvePoint> curve =
          new LearningCurve(new LogisticRegression(options), List.of(0.5, 1.0), FOLDS)
              .run(train, products, KERNELS, done -> {});
      assertThat(curve.getLast().heldOutCost()).isCloseTo(expected, within(1e-12));
    }
  }

  @Test
  void otherScalesStayWhatTheyAre() {
    Hyperparameters options = options(SolverChoice.NEWTON);
    Standardization by = new Standardization(new double[40], filled(40, 2));
    Folds folds;
    double sum = 0;
    try (Dataset raw = data();
        Dataset train = raw.standardized(by);
        SharedProducts products = SharedProducts.of(train)) {
      folds = Folds.of(train, FOLDS, options.seed());
      for (int fold = 0; fold < FOLDS; fold++) {
        try (Dataset some = train.select(folds.learned(fold));
            Dataset others = train.select(folds.heldOut(fold))) {
          sum +=
              Evaluation.of(
                      new LogisticRegression(options)
                          .fit(some, WarmStart.NONE, KERNELS, TrainingListener.SILENT)
                          .model(),
                      others,
                      KERNELS)
                  .cost();
        }
      }
      PenaltyScores scores =
          new PenaltySearch(new LogisticRegression(options), Penalties.of(1.0), FOLDS, false)
              .score(train, products, KERNELS, (fold, l2, logLoss) -> {});
      assertThat(scores.candidates().getFirst().logLoss()).isCloseTo(sum / FOLDS, within(1e-12));
    }
  }

  private static double[] filled(int length, double value) {
    double[] all = new double[length];
    Arrays.fill(all, value);
    return all;
  }

  /** Samples that sgd holds out are in no mean, and a library user who puts them there is told. */
  @Test
  void whatSgdHoldsOutIsInNoMean() {
    Hyperparameters options =
        Hyperparameters.tutorial()
            .withSgd(SgdOptions.USUAL.withBatchSize(4).withHoldout(0.3, 2))
            .withIterations(3);
    List<String> warnings = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void warning(String message) {
            warnings.add(message);
          }
        };
    try (Dataset raw = data();
        Dataset all = raw.standardized();
        Dataset learned = options.standardized(raw)) {
      assertThat(learned.standardization()).isNotEqualTo(all.standardization());
      int[] numbers = HoldOut.of(raw.labels(), raw.classNames(), 0.3, options.seed()).learned();
      try (Dataset some = raw.select(numbers);
          Dataset alone = some.standardized()) {
        assertThat(alone.standardization()).isEqualTo(learned.standardization());
      }
      new LogisticRegression(options).fit(learned, listener);
      assertThat(warnings).isEmpty();
      new LogisticRegression(options).fit(all, listener);
      assertThat(warnings).hasSize(1);
      assertThat(warnings.getFirst()).contains("also of those held out");
      // Without a part held out the two are the same.
      Hyperparameters plain = Hyperparameters.defaults();
      try (Dataset same = plain.standardized(raw)) {
        assertThat(same.standardization()).isEqualTo(all.standardization());
      }
    }
  }
}
