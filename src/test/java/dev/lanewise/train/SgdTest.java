// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.TestData;
import dev.lanewise.kernel.HostileNumbers;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.model.Evaluation;
import dev.lanewise.optim.sgd.HoldOut;
import dev.lanewise.options.Optimizer;
import dev.lanewise.options.Penalty;
import dev.lanewise.options.Schedule;
import dev.lanewise.options.SgdOptions;
import dev.lanewise.options.StopReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where stochastic gradient descent comes to, and what it says of that. */
class SgdTest {

  private final List<String> warnings = new ArrayList<>();

  private final TrainingListener listener =
      new TrainingListener() {
        @Override
        public void warning(String message) {
          warnings.add(message);
        }
      };

  private static LogisticRegression trainer(Hyperparameters options) {
    return new LogisticRegression(options, Execution.ofThreads(2));
  }

  private static Hyperparameters options(SgdOptions sgd) {
    return Hyperparameters.defaults().withSgd(sgd);
  }

  private static Optimizer optimizer(String name) {
    switch (name) {
      case "plain":
        return new Optimizer.Sgd(0, false);
      case "momentum":
        return new Optimizer.Sgd(0.9, false);
      case "nesterov":
        return new Optimizer.Sgd(0.9, true);
      default:
        return Optimizer.Adam.USUAL;
    }
  }

  private static double[] parameters(TrainingResult result) {
    float[] w = result.model().weights();
    double[] p = new double[w.length + 1];
    for (int i = 0; i < w.length; i++) {
      p[i] = w[i];
    }
    p[w.length] = result.model().bias();
    return p;
  }

  private static float[] weights(int m) {
    float[] s = new float[m];
    for (int j = 0; j < m; j++) {
      s[j] = j % 7 == 0 ? 0 : 0.5f * (j % 4 + 1);
    }
    return s;
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  /** Batches of one sample as well as of all lead to the optimum of the cost that solvers find. */
  @ParameterizedTest
  @CsvSource({
    "plain,1,0,2,0.05,400",
    "plain,16,0,2,0.3,400",
    "plain,300,0,2,1,2000",
    "plain,300,4,1,1,2000",
    "plain,16,4,1,0.3,400",
    "momentum,16,0,2,0.03,400",
    "momentum,300,4,1,0.1,2000",
    "momentum,16,4,1,0.03,400",
    "nesterov,16,0,2,0.03,400",
    "nesterov,300,4,1,0.1,2000",
    "adam,16,0,2,0.01,400",
    "adam,300,4,1,0.01,2000",
    "adam,16,4,1,0.003,600"
  })
  void itComesToTheOptimumOfTheSameCost(
      String name, int size, double l1, double l2, double rate, int epochs) {
    int m = 300;
    Penalty penalty = new Penalty(l1, l2);
    float[] s = weights(m);
    try (Dataset plain = TestData.clouds(m, 12, 3)) {
      Dataset data = plain.withWeights(s);
      SgdOptions sgd =
          SgdOptions.USUAL
              .withBatchSize(size)
              .withOptimizer(optimizer(name))
              .withSchedule(Schedule.of(Schedule.Kind.COSINE));
      TrainingResult result =
          trainer(
                  options(sgd)
                      .withPenalty(penalty)
                      .withIterations(epochs)
                      .withLearningRate(rate)
                      .withCostEvery(epochs))
              .fit(data, listener);
      ReferenceObjective reference = new ReferenceObjective(data, widened(s), penalty);
      double[] optimum = l1 > 0 ? reference.proximal(20_000) : reference.newton();
      double least = reference.value(optimum);
      double found = reference.value(parameters(result));
      Convergence end = result.convergence();
      assertThat(found).isBetween(least * (1 - 1e-7), least * (1 + 2e-3));
      assertThat(end.objective() * m).isCloseTo(found, within(1e-5 * found));
      assertThat(end.relativeGradientNorm()).isLessThan(0.1);
      assertThat(warnings).isEmpty();
    }
  }

  @Test
  void allSamplesInABatchAreGradientDescent() {
    try (Dataset data = TestData.clouds(100, 8, 3)) {
      SgdOptions sgd = SgdOptions.USUAL.withBatchSize(100);
      Penalty penalty = new Penalty(1, 2);
      float[] batches =
          trainer(options(sgd).withIterations(50).withLearningRate(0.1).withPenalty(penalty))
              .fit(data)
              .model()
              .weights();
      Hyperparameters descent =
          Hyperparameters.tutorial()
              .withIterations(50)
              .withLearningRate(0.1)
              .withEngine(EngineChoice.PRIMAL)
              .withPenalty(penalty);
      float[] steps = trainer(descent).fit(data).model().weights();
      for (int i = 0; i < 8; i++) {
        assertThat(batches[i]).isCloseTo(steps[i], within(1e-5f));
      }
    }
  }

  @Test
  void aToleranceThatIsReachedIsConvergence() {
    try (Dataset data = TestData.clouds(200, 5, 3)) {
      SgdOptions sgd = SgdOptions.USUAL.withBatchSize(200).withTolerance(1e-3);
      Hyperparameters options = options(sgd).withIterations(5000).withLearningRate(1);
      TrainingResult result = trainer(options).fit(data, listener);
      Convergence end = result.convergence();
      assertThat(end.stopReason()).isEqualTo(StopReason.GRADIENT);
      assertThat(end.converged()).isTrue();
      assertThat(end.relativeGradientNorm()).isLessThanOrEqualTo(1e-3);
      assertThat(end.iterations()).isLessThan(5000);
      // An epoch and a look at the gradient each, and one at zero weights.
      assertThat(end.passes()).isEqualTo(2.0 * end.iterations() + 1);
      assertThat(warnings).isEmpty();
      // How often the cost is told changes nothing.
      assertThat(trainer(options.withCostEvery(0)).fit(data).model().weightsSha256())
          .isEqualTo(result.model().weightsSha256());
    }
  }

  @Test
  void aToleranceThatIsNotReachedIsAWarning() {
    try (Dataset data = TestData.clouds(200, 5, 3)) {
      SgdOptions sgd = SgdOptions.USUAL.withTolerance(1e-6);
      Convergence end = trainer(options(sgd).withIterations(3)).fit(data, listener).convergence();
      assertThat(end.stopReason()).isEqualTo(StopReason.ITERATIONS);
      assertThat(end.converged()).isFalse();
      assertThat(warnings).singleElement().asString().contains("not converged after 3 epochs");
    }
  }

  @Test
  void separableClassesAreNamedWhereTheOptimumWasAskedFor() {
    float[][] x = {{-2}, {-1}, {1}, {2}};
    try (Dataset data = Dataset.of(x, new int[] {0, 0, 1, 1})) {
      SgdOptions sgd = SgdOptions.USUAL.withBatchSize(2).withTolerance(1e-6);
      trainer(options(sgd).withPenalty(Penalty.NONE)).fit(data, listener);
      assertThat(warnings).singleElement().asString().contains("the classes are separable");
    }
  }

  @Test
  void stepsThatAreTooSmallAreNoProgress() {
    try (Dataset data = TestData.clouds(50, 5, 3)) {
      Hyperparameters options =
          options(SgdOptions.USUAL)
              .withInitialization(Initialization.NORMAL, 1)
              .withPenalty(Penalty.NONE)
              .withLearningRate(1e-60);
      TrainingResult result = trainer(options).fit(data, listener);
      assertThat(result.convergence().stopReason()).isEqualTo(StopReason.NO_PROGRESS);
      assertThat(result.convergence().iterations()).isEqualTo(1);
      assertThat(result.convergence().converged()).isFalse();
      assertThat(warnings).singleElement().asString().contains("take a higher one");
    }
  }

  @Test
  void noEpochsLeaveTheWeightsAlone() {
    try (Dataset data = TestData.clouds(50, 5, 3)) {
      TrainingResult result =
          trainer(options(SgdOptions.USUAL).withIterations(0)).fit(data, listener);
      assertThat(result.model().weights()).containsOnly(0f);
      assertThat(result.convergence().objective()).isCloseTo(Math.log(2), within(1e-6));
      assertThat(result.costs()).isEmpty();
      assertThat(warnings).isEmpty();
    }
  }

  @Test
  void divergenceIsNoticedWithItsEpoch() {
    float[][] huge = {{1e30f, -1e30f}, {-3e30f, 2e30f}, {1e38f, 1e38f}, {1, 1}, {3e38f, 3e38f}};
    try (Dataset data = Dataset.of(huge, new int[] {0, 1, 1, 0, 1})) {
      for (String name : List.of("plain", "momentum", "nesterov")) {
        SgdOptions sgd = SgdOptions.USUAL.withBatchSize(1).withOptimizer(optimizer(name));
        assertThatThrownBy(() -> trainer(options(sgd).withLearningRate(1e4)).fit(data))
            .as(name)
            .isInstanceOf(TrainingException.class)
            .hasMessageStartingWith("diverged at epoch ")
            .hasMessageContaining("scale the features");
      }
    }
    // Weights that a penalty throws ever farther beyond zero.
    try (Dataset data = TestData.clouds(50, 5, 3)) {
      Hyperparameters options =
          options(SgdOptions.USUAL).withPenalty(Penalty.l2(50)).withLearningRate(100);
      assertThatThrownBy(() -> trainer(options.withIterations(100)).fit(data))
          .isInstanceOf(TrainingException.class)
          .hasMessageStartingWith("diverged at epoch ");
    }
  }

  @Test
  void aCostAboveThatOfZeroWeightsIsAWarning() {
    try (Dataset data = TestData.clouds(50, 5, 3)) {
      Hyperparameters options = options(SgdOptions.USUAL).withPenalty(Penalty.NONE);
      Convergence end =
          trainer(options.withLearningRate(1e4).withIterations(2))
              .fit(data, listener)
              .convergence();
      assertThat(end.objective()).isGreaterThan(1);
      assertThat(warnings)
          .singleElement()
          .asString()
          .startsWith("after 2 epochs the cost, ")
          .contains("the 0.693 of zero weights")
          .contains("try a learning rate below 10000.0");
    }
  }

  @Test
  void theWeightsThatCostTheHeldOutPartLeastAreKept() {
    // Few noisy samples of many features: soon more is learned than there is to know.
    int m = 80;
    HostileNumbers numbers = new HostileNumbers(8);
    float[][] x = numbers.samples(m, 60, HostileNumbers.Kind.SIGNED);
    int[] y = numbers.labels(m);
    for (int j = 0; j < m; j++) {
      x[j][0] += y[j] == 1 ? 0.5f : -0.5f;
    }
    try (Dataset data = Dataset.of(x, y)) {
      SgdOptions sgd = SgdOptions.USUAL.withBatchSize(8).withHoldout(0.25, 3);
      Hyperparameters options =
          options(sgd)
              .withPenalty(Penalty.NONE)
              .withIterations(500)
              .withLearningRate(0.2)
              .withInitialization(Initialization.ZEROS, 6);
      TrainingResult result = trainer(options).fit(data, listener);
      HeldOutCost heldOut = result.heldOut().orElseThrow();
      Convergence end = result.convergence();
      assertThat(end.stopReason()).isEqualTo(StopReason.EARLY_STOPPING);
      assertThat(end.converged()).isFalse();
      assertThat(end.iterations()).isEqualTo(heldOut.bestEpoch() + 3).isLessThan(500);
      HoldOut parts = options.holdOut(data);
      assertThat(heldOut.samples()).isEqualTo(parts.heldOut().length).isBetween(19, 21);
      try (Dataset held = some(x, y, parts.heldOut());
          Dataset learned = some(x, y, parts.learned())) {
        assertThat(Evaluation.of(result.model(), held, AllKernels.scalar()).cost())
            .isCloseTo(heldOut.cost(), within(1e-6));
        assertThat(end.objective())
            .isCloseTo(
                Evaluation.of(result.model(), learned, AllKernels.scalar()).cost(), within(1e-6));
      }
      // The same run without patience running out has the same first epochs.
      TrainingResult shorter = trainer(options.withIterations(heldOut.bestEpoch())).fit(data);
      assertThat(shorter.model().weightsSha256()).isEqualTo(result.model().weightsSha256());
      assertThat(shorter.convergence().stopReason()).isEqualTo(StopReason.ITERATIONS);
      assertThat(warnings).isEmpty();
    }
  }

  private static Dataset some(float[][] x, int[] y, int[] numbers) {
    float[][] samples = new float[numbers.length][];
    int[] labels = new int[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      samples[i] = x[numbers[i]];
      labels[i] = y[numbers[i]];
    }
    return Dataset.of(samples, labels);
  }

  @Test
  void heldOutPartsHaveTheirShareOfEachClass() {
    int[] labels = new int[1000];
    Arrays.fill(labels, 0, 90, 1);
    List<String> names = List.of("no", "yes");
    HoldOut parts = HoldOut.of(labels, names, 0.2, 7);
    assertThat(parts.heldOut()).hasSize(200).isSorted();
    assertThat(parts.learned()).hasSize(800).isSorted();
    assertThat(Arrays.stream(parts.heldOut()).filter(j -> j < 90)).hasSize(18);
    assertThat(HoldOut.of(labels, names, 0.2, 7)).isEqualTo(parts);
    assertThat(HoldOut.of(labels, names, 0.2, 8)).isNotEqualTo(parts);
    boolean[] seen = new boolean[1000];
    for (int[] part : List.of(parts.heldOut(), parts.learned())) {
      for (int j : part) {
        assertThat(seen[j]).isFalse();
        seen[j] = true;
      }
    }
    assertThatThrownBy(() -> HoldOut.of(new int[] {0, 1, 0, 1}, names, 0.8, 1))
        .hasMessage("with 0.8 held out, none of the 2 samples of class no is left to learn from");
    assertThatThrownBy(() -> HoldOut.of(new int[] {0, 1, 0, 1}, names, 0.1, 1))
        .hasMessageContaining("0.1 of 4 samples is too little to hold out");
  }

  @Test
  void weightsOfZeroDoNotDecideWhenToStop() {
    try (Dataset plain = TestData.clouds(20, 3, 3)) {
      Hyperparameters options = options(SgdOptions.USUAL.withBatchSize(2).withHoldout(0.2, 1));
      float[] s = new float[20];
      for (int j : options.holdOut(plain).learned()) {
        s[j] = 1;
      }
      assertThatThrownBy(() -> trainer(options).fit(plain.withWeights(s)))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("every sample held out weighs 0");
      for (int j = 0; j < 20; j++) {
        s[j] = 1 - s[j];
      }
      assertThatThrownBy(() -> trainer(options).fit(plain.withWeights(s)))
          .hasMessageContaining("every sample that is not held out weighs 0");
    }
  }

  @Test
  void ordersDependOnTheSeed() {
    try (Dataset data = TestData.clouds(100, 8, 3)) {
      Hyperparameters options = options(SgdOptions.USUAL.withBatchSize(7));
      List<String> digests = new ArrayList<>();
      for (long seed : new long[] {0, 1, 0}) {
        Hyperparameters seeded = options.withInitialization(Initialization.ZEROS, seed);
        digests.add(trainer(seeded).fit(data).model().weightsSha256());
      }
      assertThat(digests.get(0)).isEqualTo(digests.get(2)).isNotEqualTo(digests.get(1));
    }
  }

  @Test
  void itTellsHowItGoes() {
    List<Integer> epochs = new ArrayList<>();
    List<Double> passes = new ArrayList<>();
    TrainingListener watching =
        new TrainingListener() {
          @Override
          public void iterationCompleted(int completed) {
            epochs.add(completed);
          }

          @Override
          public void iterated(int epoch, double objective, double norm, double count) {
            assertThat(objective).isBetween(0.0, 0.7);
            assertThat(norm).isPositive();
            passes.add(count);
          }
        };
    try (Dataset data = TestData.clouds(100, 8, 3)) {
      Hyperparameters options = options(SgdOptions.USUAL).withIterations(6).withCostEvery(2);
      TrainingResult result = trainer(options).fit(data, watching);
      assertThat(epochs).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(passes).containsExactly(4.0, 7.0, 10.0);
      assertThat(result.convergence().passes()).isEqualTo(10);
      assertThat(result.costs()).extracting(CostPoint::iteration).containsExactly(2, 4, 6);
      assertThat(result.model().provenance().options())
          .containsEntry("solver", "sgd")
          .containsEntry("epochs", "6")
          .containsEntry("batch-size", "32")
          .containsEntry("learning-rate", "0.005")
          .containsEntry("schedule", "constant")
          .doesNotContainKey("iterations");
    }
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    SgdOptions usual = SgdOptions.USUAL;
    assertThatThrownBy(() -> usual.withBatchSize(0))
        .hasMessage("a batch has at least 1 sample, not 0");
    for (double wrong : new double[] {-0.1, 1, Double.NaN}) {
      assertThatThrownBy(() -> usual.withHoldout(wrong, 5)).hasMessageContaining("held out");
      assertThatThrownBy(() -> usual.withTolerance(wrong)).hasMessageContaining("the tolerance");
      assertThatThrownBy(() -> new Optimizer.Sgd(wrong, false))
          .hasMessageContaining("the momentum");
      assertThatThrownBy(() -> new Optimizer.Adam(wrong, 0.9, 1e-8, false))
          .hasMessageContaining("beta1");
      assertThatThrownBy(() -> new Optimizer.Adam(0.9, wrong, 1e-8, false))
          .hasMessageContaining("beta2");
    }
    assertThatThrownBy(() -> new Optimizer.Adam(0.9, 0.9, 0, false))
        .hasMessageContaining("epsilon");
    assertThatThrownBy(() -> new Optimizer.Sgd(0, true))
        .hasMessage("nesterov needs a momentum above 0");
    assertThatThrownBy(() -> usual.withHoldout(0.1, 0)).hasMessageContaining("patience");
    assertThatThrownBy(() -> usual.withHoldout(0.1, 5).withTolerance(0.1))
        .hasMessageContaining("take one of them");
    for (double wrong : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new Schedule(Schedule.Kind.INVERSE_TIME, wrong, 1))
          .hasMessageContaining("the decay of inverse-time");
      assertThatThrownBy(() -> new Schedule(Schedule.Kind.STEP, wrong, 1))
          .hasMessageContaining("the decay of step");
    }
    assertThatThrownBy(() -> new Schedule(Schedule.Kind.STEP, 0.5, 0))
        .hasMessageContaining("epochs");
  }

  @Test
  void aBatchOfMoreSamplesThanThereAreHasAllOfThemAndSaysSo() {
    SgdOptions usual = SgdOptions.USUAL;
    try (Dataset data = TestData.clouds(20, 3, 3)) {
      for (SgdOptions sgd : List.of(usual, usual.withHoldout(0.2, 3))) {
        int learned = sgd.holdout() > 0 ? 16 : 20;
        List<String> warnings = new ArrayList<>();
        TrainingListener listener =
            new TrainingListener() {
              @Override
              public void warning(String message) {
                warnings.add(message);
              }
            };
        String exact =
            trainer(options(sgd.withBatchSize(learned)))
                .fit(data, listener)
                .model()
                .weightsSha256();
        assertThat(warnings).isEmpty();
        String clipped =
            trainer(options(sgd.withBatchSize(1000))).fit(data, listener).model().weightsSha256();
        assertThat(clipped).isEqualTo(exact);
        assertThat(warnings)
            .containsExactly(
                "a batch of 1000 samples is more than the "
                    + learned
                    + " there are to learn from: each batch has all of them");
      }
    }
  }

  @Test
  void schedulesAreWhatTheySay() {
    Schedule step = new Schedule(Schedule.Kind.STEP, 0.25, 3);
    assertThat(step.rate(8, 2, 10)).isEqualTo(8);
    assertThat(step.rate(8, 3, 10)).isEqualTo(2);
    assertThat(step.rate(8, 8, 10)).isEqualTo(0.5);
    assertThat(new Schedule(Schedule.Kind.INVERSE_TIME, 0.5, 1).rate(8, 6, 10)).isEqualTo(2);
    Schedule cosine = Schedule.of(Schedule.Kind.COSINE);
    assertThat(cosine.rate(8, 0, 10)).isEqualTo(8);
    assertThat(cosine.rate(8, 5, 10)).isCloseTo(4, within(1e-15));
    assertThat(cosine.rate(8, 10, 10)).isZero();
    assertThat(Schedule.of(Schedule.Kind.CONSTANT).rate(8, 9, 10)).isEqualTo(8);
  }
}
