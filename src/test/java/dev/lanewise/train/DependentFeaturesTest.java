// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.TestData;
import dev.lanewise.options.Penalty;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Without a penalty, features that depend on each other leave directions in which nothing decides:
 * a feature for every level of a column, or the sum of two others. Weights stay of the size of
 * those of independent features, and what they predict is the optimum.
 */
class DependentFeaturesTest {

  private record Drawn(float[][] x, int[] y, int classes) {

    /** Two columns of numbers, and two of levels with a feature for each level. */
    static Drawn levels(int seed, int samples, int levels, int classes) {
      SplittableRandom random = new SplittableRandom(seed);
      float[][] x = new float[samples][2 + 3 + levels];
      int[] y = new int[samples];
      for (int j = 0; j < samples; j++) {
        x[j][0] = (float) random.nextGaussian();
        x[j][1] = (float) random.nextGaussian();
        int first = random.nextInt(3);
        x[j][2 + first] = 1;
        x[j][5 + random.nextInt(levels)] = 1;
        y[j] = label(random, x[j][0] + (first == 1 ? 0.5 : 0), classes);
      }
      return new Drawn(x, y, classes);
    }

    /**
     * Whole numbers, the last of which is 3 a - 5 b + 7, or numbers, the last of which is a + b.
     */
    static Drawn sums(int seed, int samples, boolean whole) {
      SplittableRandom random = new SplittableRandom(seed);
      float[][] x = new float[samples][3];
      int[] y = new int[samples];
      for (int j = 0; j < samples; j++) {
        double a = random.nextGaussian();
        double b = random.nextGaussian();
        x[j][0] = (float) (whole ? Math.rint(4 * a) : a);
        x[j][1] = (float) (whole ? Math.rint(4 * b) : b);
        x[j][2] = whole ? 3 * x[j][0] - 5 * x[j][1] + 7 : (float) (a + b);
        y[j] = label(random, a, 2);
      }
      return new Drawn(x, y, 2);
    }

    private static int label(SplittableRandom random, double score, int classes) {
      double z = score + random.nextGaussian() * 1.5;
      int label = (int) Math.floor((z + 3) / 6 * classes);
      return Math.clamp(label, 0, classes - 1);
    }

    /** The optimum of the independent features among them. */
    OptimumOracle oracle(int... dropped) {
      double[][] all = new double[x.length][x[0].length - dropped.length];
      double[] s = new double[x.length];
      for (int j = 0; j < x.length; j++) {
        s[j] = 1;
        int to = 0;
        for (int i = 0; i < x[j].length; i++) {
          boolean drop = false;
          for (int d : dropped) {
            drop |= d == i;
          }
          if (!drop) {
            all[j][to++] = x[j][i];
          }
        }
      }
      return new OptimumOracle(all, y, s, classes, 0);
    }

    TrainingResult train(String solver, List<String> warnings) {
      Hyperparameters options =
          Hyperparameters.defaults()
              .withSolver(SolverOptions.of(SolverChoice.valueOf(solver)))
              .withPenalty(Penalty.NONE);
      try (Dataset data = classes == 2 ? Dataset.of(x, y) : TestData.ofClasses(x, y, classes)) {
        return new LogisticRegression(options, Execution.ofThreads(1))
            .fit(
                data,
                new TrainingListener() {
                  @Override
                  public void warning(String message) {
                    warnings.add(message);
                  }
                });
      }
    }
  }

  private static void assertAtTheOptimum(Drawn drawn, TrainingResult result, OptimumOracle oracle) {
    double least = oracle.value() / drawn.x.length;
    assertThat(result.convergence().objective()).isCloseTo(least, within(1e-6 * least));
    for (int k = 0; k < result.model().columns(); k++) {
      for (float weight : result.model().weights(k)) {
        assertThat(Math.abs(weight)).isLessThan(20);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NEWTON, 0, 300, 4, 2",
    "NEWTON, 1, 300, 4, 2",
    "NEWTON, 2, 3000, 40, 2",
    "NEWTON, 3, 3000, 40, 3",
    "NEWTON, 4, 3000, 40, 5",
    "LBFGS, 0, 300, 4, 2",
    "LBFGS, 4, 3000, 40, 5"
  })
  void aFeatureForEveryLevel(String solver, int seed, int samples, int levels, int classes) {
    Drawn drawn = Drawn.levels(seed, samples, levels, classes);
    List<String> warnings = new ArrayList<>();
    TrainingResult result = drawn.train(solver, warnings);
    assertThat(warnings).isEmpty();
    assertThat(result.convergence().converged()).isTrue();
    assertAtTheOptimum(drawn, result, drawn.oracle(2, 5));
  }

  @ParameterizedTest
  @CsvSource({"NEWTON, 0", "NEWTON, 1", "NEWTON, 2", "LBFGS, 0", "LBFGS, 1"})
  void anExactCombination(String solver, int seed) {
    Drawn drawn = Drawn.sums(seed, 300, true);
    List<String> warnings = new ArrayList<>();
    TrainingResult result = drawn.train(solver, warnings);
    assertThat(warnings).isEmpty();
    assertThat(result.convergence().converged()).isTrue();
    assertAtTheOptimum(drawn, result, drawn.oracle(2));
  }

  /** Rounding, which huge weights could learn from, is not learned from, and the user is told. */
  @ParameterizedTest
  @CsvSource({"NEWTON, 0", "NEWTON, 1", "NEWTON, 2", "LBFGS, 0", "LBFGS, 1"})
  void aCombinationButForRounding(String solver, int seed) {
    Drawn drawn = Drawn.sums(seed, 300, false);
    List<String> warnings = new ArrayList<>();
    TrainingResult result = drawn.train(solver, warnings);
    assertThat(result.convergence().converged()).isFalse();
    assertThat(warnings).hasSize(1);
    assertThat(warnings.getFirst())
        .startsWith(
            "not converged: features are linear combinations of others except for the rounding")
        .contains("leave such features out,");
    assertAtTheOptimum(drawn, result, drawn.oracle(2));
  }

  /** Of several classes there is always a direction in which nothing decides. */
  @ParameterizedTest
  @CsvSource({"NEWTON", "LBFGS"})
  void oneFeatureIsNoCombination(String solver) {
    SplittableRandom random = new SplittableRandom(1);
    float[][] x = new float[200][1];
    int[] y = new int[x.length];
    for (int j = 0; j < x.length; j++) {
      double z = random.nextGaussian();
      x[j][0] = (float) (1e5 + z);
      y[j] = j < 5 ? j : Drawn.label(random, z, 5);
    }
    List<String> warnings = new ArrayList<>();
    TrainingResult result = new Drawn(x, y, 5).train(solver, warnings);
    assertThat(result.convergence().converged()).isFalse();
    assertThat(warnings).hasSize(1);
    assertThat(warnings.getFirst()).contains("scale the features").doesNotContain("combinations");
  }
}
