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
import dev.lanewise.model.Model;
import dev.lanewise.train.Execution;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.LogisticRegression;
import dev.lanewise.train.SharedProducts;
import dev.lanewise.train.TrainingListener;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** More samples, a better model, and the last point is what folds alone say. */
class LearningCurveTest {

  private static LogisticRegression trainer(Hyperparameters options, int threads) {
    return new LogisticRegression(options, Execution.ofThreads(threads));
  }

  private static List<CurvePoint> curve(
      LogisticRegression trainer, List<Double> shares, Dataset data, Kernels kernels) {
    try (SharedProducts products = SharedProducts.of(data)) {
      return new LearningCurve(trainer, shares, 3).run(data, products, kernels, done -> {});
    }
  }

  @Test
  void allSamplesAreWhatFoldsAloneSay() {
    Hyperparameters options = Hyperparameters.defaults();
    Kernels kernels = AllKernels.scalar();
    try (Dataset data = TestData.clouds(240, 30, 3)) {
      List<CurvePoint> curve = curve(trainer(options, 2), LearningCurve.SHARES, data, kernels);
      assertThat(curve).extracting(CurvePoint::share).isEqualTo(LearningCurve.SHARES);
      for (int i = 1; i < curve.size(); i++) {
        assertThat(curve.get(i).samples()).isGreaterThan(curve.get(i - 1).samples());
      }
      CurvePoint first = curve.get(0);
      CurvePoint last = curve.get(curve.size() - 1);
      assertThat(first.samples()).isCloseTo(16, within(1.0));
      assertThat(last.samples()).isEqualTo(160);
      assertThat(last.heldOutCost()).isLessThan(first.heldOutCost());
      assertThat(last.heldOutAccuracy()).isGreaterThan(first.heldOutAccuracy());
      Folds folds = Folds.of(data, 3, 0);
      double heldOutCost = 0;
      double trainAccuracy = 0;
      for (int fold = 0; fold < 3; fold++) {
        try (Dataset learned = data.select(folds.learned(fold));
            Dataset heldOut = data.select(folds.heldOut(fold))) {
          Model model =
              new LogisticRegression(options)
                  .fit(learned, kernels, TrainingListener.SILENT)
                  .model();
          heldOutCost += Evaluation.of(model, heldOut, kernels).cost() / 3;
          trainAccuracy += Evaluation.of(model, learned, kernels).accuracy() / 3;
        }
      }
      assertThat(last.heldOutCost()).isCloseTo(heldOutCost, within(1e-12));
      assertThat(last.trainAccuracy()).isCloseTo(trainAccuracy, within(1e-12));
    }
  }

  @Test
  void theSameBitsOnAllKernelsAndOtherSharesOfAnotherSeed() {
    Hyperparameters options = Hyperparameters.defaults();
    List<Double> shares = List.of(0.3, 1.0);
    try (Dataset data = TestData.clouds(60, 90, 3)) {
      Set<List<CurvePoint>> found = new HashSet<>();
      for (Kernels kernels : AllKernels.fast()) {
        for (int threads : new int[] {1, 2}) {
          found.add(curve(trainer(options, threads), shares, data, kernels));
        }
      }
      assertThat(found).hasSize(1);
      Hyperparameters other = options.withInitialization(options.initialization(), 9);
      assertThat(curve(trainer(other, 2), shares, data, AllKernels.scalar())).isNotIn(found);
    }
  }

  @Test
  void sharesThatCannotBeAreRefused() {
    Hyperparameters options = Hyperparameters.defaults();
    for (List<Double> shares :
        List.of(List.of(0.0, 1.0), List.of(0.5, 0.5), List.of(1.1), List.of(0.5, 0.2))) {
      assertThatThrownBy(() -> new LearningCurve(trainer(options, 2), shares, 3))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("above 0, up to 1 and ascending");
    }
    assertThatThrownBy(() -> new LearningCurve(trainer(options, 2), List.of(), 3))
        .hasMessage("there is no share, expected at least one");
  }
}
