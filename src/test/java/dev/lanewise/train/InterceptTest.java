// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.api.Classifier;
import dev.lanewise.api.Samples;
import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Standardization;
import dev.lanewise.data.TestData;
import dev.lanewise.kernel.ContractOracle;
import dev.lanewise.kernel.HostileNumbers;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.model.Model;
import dev.lanewise.model.MultiClass;
import dev.lanewise.options.HiddenLayers;
import dev.lanewise.options.Penalty;
import dev.lanewise.options.SgdOptions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models without an intercept: the bias stays 0, and the weights are the optimum for that. */
class InterceptTest {

  private static Hyperparameters options(SolverChoice solver, double l2) {
    return Hyperparameters.of(solver).withPenalty(Penalty.l2(l2)).withIntercept(false);
  }

  /** Features with means far from 0, so that an intercept would have much to do. */
  private static float[][] samples(int m, int d, int classes, int[] labels, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] x = new float[m][d];
    for (int j = 0; j < m; j++) {
      labels[j] = random.nextInt(10) < 3 ? 0 : random.nextInt(classes);
      for (int i = 0; i < d; i++) {
        double shift = i % classes == labels[j] ? 1 : 0;
        x[j][i] = (float) (1.5 + 0.5 * shift + random.nextGaussian());
      }
    }
    return x;
  }

  /** Gradient descent in double on the same objective, to its end. */
  private static double[][] reference(float[][] x, int[] y, int classes, double l2) {
    int d = x[0].length;
    double[][] w = new double[classes][d];
    double largest = 0;
    for (float[] sample : x) {
      for (float feature : sample) {
        largest += (double) feature * feature;
      }
    }
    double rate = 1 / (largest / 2 + l2);
    double[][] momentum = new double[classes][d];
    for (int step = 0; step < 20000; step++) {
      double[][] gradient = new double[classes][d];
      for (int k = 0; k < classes; k++) {
        for (int i = 0; i < d; i++) {
          gradient[k][i] = l2 * w[k][i];
        }
      }
      for (int j = 0; j < x.length; j++) {
        double[] z = new double[classes];
        double sum = 0;
        for (int k = 0; k < classes; k++) {
          for (int i = 0; i < d; i++) {
            z[k] += w[k][i] * x[j][i];
          }
          z[k] = Math.exp(z[k]);
          sum += z[k];
        }
        for (int k = 0; k < classes; k++) {
          double error = z[k] / sum - (y[j] == k ? 1 : 0);
          for (int i = 0; i < d; i++) {
            gradient[k][i] += error * x[j][i];
          }
        }
      }
      for (int k = 0; k < classes; k++) {
        for (int i = 0; i < d; i++) {
          momentum[k][i] = 0.95 * momentum[k][i] - rate * gradient[k][i];
          w[k][i] += momentum[k][i];
        }
      }
    }
    return w;
  }

  /** Of two classes the reference has two columns with half the penalty on each difference. */
  private static double[][] columns(float[][] x, int[] y, int classes, double l2) {
    if (classes > 2) {
      return reference(x, y, classes, l2);
    }
    double[][] both = reference(x, y, 2, 2 * l2);
    double[] difference = new double[both[0].length];
    for (int i = 0; i < difference.length; i++) {
      difference[i] = both[1][i] - both[0][i];
    }
    return new double[][] {difference};
  }

  private static void assertOptimum(Model model, double[][] expected, double close) {
    for (int k = 0; k < expected.length; k++) {
      assertThat(model.bias(k)).isZero();
      for (int i = 0; i < expected[k].length; i++) {
        assertThat((double) model.weights(k)[i])
            .as("class %d, feature %d", k, i)
            .isCloseTo(expected[k][i], within(close));
      }
    }
  }

  // More features than samples are newton in the space of the samples.
  @ParameterizedTest
  @CsvSource({"150,4,2", "150,4,3", "20,24,2", "20,24,3"})
  void solversFindTheOptimumWithoutABias(int m, int d, int classes) {
    int[] y = new int[m];
    float[][] x = samples(m, d, classes, y, m + classes);
    double[][] expected = columns(x, y, classes, 2);
    try (Dataset data = TestData.ofClasses(x, y, classes)) {
      for (SolverChoice solver : new SolverChoice[] {SolverChoice.NEWTON, SolverChoice.LBFGS}) {
        TrainingResult result = new LogisticRegression(options(solver, 2)).fit(data);
        assertThat(result.convergence().converged()).isTrue();
        assertOptimum(result.model(), expected, 1e-5);
        assertThat(result.model().provenance().options()).containsEntry("no-intercept", "true");
        assertThat(result.model().provenance().hasIntercept()).isFalse();
      }
      Hyperparameters descent = options(SolverChoice.GD, 2).withIterations(20000);
      Model byDescent = new LogisticRegression(descent.withLearningRate(0.05)).fit(data).model();
      assertOptimum(byDescent, expected, 2e-3);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aStartFromAModelLeadsToTheSameOptimum(boolean many) {
    int classes = many ? 3 : 2;
    int[] y = new int[20];
    float[][] x = samples(20, 24, classes, y, 5);
    double[][] expected = columns(x, y, classes, 2);
    try (Dataset data = TestData.ofClasses(x, y, classes)) {
      Model rough =
          new LogisticRegression(options(SolverChoice.GD, 2).withIterations(5)).fit(data).model();
      for (SolverChoice solver : new SolverChoice[] {SolverChoice.NEWTON, SolverChoice.LBFGS}) {
        assertOptimum(
            new LogisticRegression(options(solver, 2)).fit(data, rough).model(), expected, 1e-5);
      }
    }
  }

  @Test
  void aStartWithAnInterceptIsRejected() {
    int[] y = new int[50];
    float[][] x = samples(50, 3, 2, y, 6);
    try (Dataset data = Dataset.of(x, y)) {
      Model with = new LogisticRegression().fit(data).model();
      LogisticRegression without = new LogisticRegression(options(SolverChoice.NEWTON, 1));
      assertThatThrownBy(() -> without.fit(data, with))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("it has an intercept, expected none");
      Model bare = without.fit(data).model();
      assertThat(new LogisticRegression().fit(data, bare).model().bias()).isNotZero();
    }
  }

  @Test
  void ofOneClassAPenaltyIsEnough() {
    int[] y = new int[40];
    float[][] x = samples(40, 3, 2, y, 7);
    Arrays.fill(y, 1);
    try (Dataset data = Dataset.of(x, y)) {
      TrainingResult result = new LogisticRegression(options(SolverChoice.NEWTON, 1)).fit(data);
      assertThat(result.convergence().converged()).isTrue();
      assertOptimum(result.model(), columns(x, y, 2, 1), 1e-5);
    }
  }

  /** An iteration of gradient descent is that of the contract, with the bias put back to 0. */
  @Test
  void gradientDescentHasTheBitsOfTheContract() {
    HostileNumbers numbers = new HostileNumbers(9);
    float[][] x = numbers.samples(600, 33, HostileNumbers.Kind.SIGNED);
    int[] y = numbers.labels(600);
    float[] w = new float[33];
    for (int iteration = 0; iteration < 5; iteration++) {
      w = ContractOracle.iterate(x, y, w, 0f, 0.7).w();
    }
    Hyperparameters options =
        options(SolverChoice.GD, 0)
            .withEngine(EngineChoice.PRIMAL)
            .withIterations(5)
            .withLearningRate(0.7);
    try (Dataset data = Dataset.of(x, y)) {
      for (Kernels kernels : AllKernels.fast()) {
        Model model =
            new LogisticRegression(options).fit(data, kernels, TrainingListener.SILENT).model();
        assertThat(model.weights()).isEqualTo(w);
        assertThat(Float.floatToIntBits(model.bias())).isZero();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GD,PRIMAL,2",
    "GD,GRAM,2",
    "GD,PRIMAL,3",
    "NEWTON,AUTO,2",
    "NEWTON,AUTO,3",
    "LBFGS,AUTO,2",
    "LBFGS,AUTO,3",
    "SGD,AUTO,2",
    "SGD,AUTO,3"
  })
  void kernelsAndThreadsChangeNoBit(SolverChoice solver, EngineChoice engine, int classes) {
    for (int[] shape : new int[][] {{700, 21}, {30, 50}}) {
      int[] y = new int[shape[0]];
      float[][] x = samples(shape[0], shape[1], classes, y, 11);
      Hyperparameters options =
          options(solver, 1)
              .withIterations(solver.reachesOptimum() ? 100 : 20)
              .withLearningRate(1e-3);
      if (solver == SolverChoice.GD) {
        options = options.withEngine(engine);
      }
      Set<String> digests = new HashSet<>();
      try (Dataset data = TestData.ofClasses(x, y, classes)) {
        for (Kernels kernels : AllKernels.fast()) {
          for (int threads : new int[] {1, 3}) {
            Model model =
                new LogisticRegression(options, Execution.ofThreads(threads))
                    .fit(data, kernels, TrainingListener.SILENT)
                    .model();
            digests.add(model.weightsSha256());
            assertThat(model.bias(0)).isZero();
          }
        }
      }
      assertThat(digests).hasSize(1);
    }
  }

  @Test
  void momentumAndAdamLeaveTheBiasAt0AndLearn() {
    int[] y = new int[300];
    float[][] x = samples(300, 4, 2, y, 12);
    try (Dataset data = Dataset.of(x, y)) {
      double optimum =
          new LogisticRegression(options(SolverChoice.NEWTON, 1))
              .fit(data)
              .convergence()
              .objective();
      for (SgdOptions sgd : new SgdOptions[] {SgdOptions.USUAL, SgdOptions.USUAL_OF_NETWORKS}) {
        Hyperparameters options =
            options(SolverChoice.NEWTON, 1).withSgd(sgd).withIterations(200).withLearningRate(0.01);
        TrainingResult result = new LogisticRegression(options).fit(data);
        assertThat(result.model().bias()).isZero();
        assertThat(result.convergence().objective()).isBetween(optimum, optimum * 1.02);
      }
    }
  }

  @Test
  void oneVersusTheRestHasNoBiasEither() {
    int[] y = new int[120];
    float[][] x = samples(120, 4, 3, y, 13);
    try (Dataset data = TestData.ofClasses(x, y, 3)) {
      Model model =
          new LogisticRegression(options(SolverChoice.NEWTON, 1).withMultiClass(MultiClass.OVR))
              .fit(data)
              .model();
      int[] second = new int[120];
      for (int j = 0; j < second.length; j++) {
        second[j] = y[j] == 1 ? 1 : 0;
      }
      double[] expected = columns(x, second, 2, 1)[0];
      assertThat(model.bias(1)).isZero();
      for (int i = 0; i < expected.length; i++) {
        assertThat((double) model.weights(1)[i]).isCloseTo(expected[i], within(1e-5));
      }
    }
  }

  @Test
  void featuresAreDividedByTheirDeviationsAndNotCentred() {
    int[] y = new int[80];
    float[][] x = samples(80, 3, 2, y, 14);
    try (Dataset data = Dataset.of(x, y);
        Dataset usual = data.standardized();
        Dataset bare = options(SolverChoice.NEWTON, 1).standardized(data)) {
      Standardization by = bare.standardization().orElseThrow();
      assertThat(by.isCentred()).isFalse();
      assertThat(by.deviations()).isEqualTo(usual.standardization().orElseThrow().deviations());
      assertThat((double) bare.features().column(7)[2])
          .isCloseTo(x[7][2] / by.deviations()[2], within(1e-6));
    }
  }

  @Test
  void aNetworkKeepsItsBiases() {
    assertThatThrownBy(() -> options(SolverChoice.SGD, 1).withHidden(HiddenLayers.of(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a bias in each unit");
  }

  @Test
  void theInterfaceForProgramsHasTheChoice() {
    int[] y = new int[60];
    float[][] x = samples(60, 3, 2, y, 15);
    Model model = Classifier.builder().intercept(false).build().fit(Samples.of(x, y)).model();
    assertThat(model.bias()).isZero();
    assertThat(model.schema().standardization().orElseThrow().isCentred()).isFalse();
  }
}
