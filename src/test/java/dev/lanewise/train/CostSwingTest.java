// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.cli.CommandRun;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.TestData;
import dev.lanewise.options.SgdOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A descent whose end says nothing says that. */
class CostSwingTest {

  private static final double AT_ZERO = Math.log(2);

  @TempDir private Path folder;

  private static boolean swings(SolverChoice solver, double... costs) {
    List<CostPoint> points = new ArrayList<>();
    for (int i = 0; i < costs.length - 1; i++) {
      points.add(new CostPoint(100 * i, costs[i]));
    }
    CostPoint end = new CostPoint(100 * (costs.length - 1), costs[costs.length - 1]);
    return CostSwing.of(solver, points, end, AT_ZERO).isPresent();
  }

  @Test
  void aRiseLateInADescentIsASwing() {
    assertThat(swings(SolverChoice.GD, 0.7, 0.5, 0.4, 0.3, 0.25)).isFalse();
    assertThat(swings(SolverChoice.GD, 0.7, 0.5, 0.4, 0.4000001, 0.4)).isFalse();
    // It overshoots at first and settles.
    assertThat(swings(SolverChoice.GD, 0.7, 2, 0.4, 0.3, 0.25)).isFalse();
    assertThat(swings(SolverChoice.GD, 0.7, 0.5, 0.4, 0.6, 0.3)).isTrue();
    assertThat(swings(SolverChoice.GD, 0.7, 0.5, 0.4, 0.3, 0.35)).isTrue();
    // Batches go up and down a little.
    assertThat(swings(SolverChoice.SGD, 0.5, 0.4, 0.3, 0.35, 0.3, 0.32)).isFalse();
    assertThat(swings(SolverChoice.SGD, 0.5, 0.4, 0.3, 3000, 0.3, 0.32)).isTrue();
    assertThat(swings(SolverChoice.NEWTON, 0.5, 3, 0.4, 3)).isFalse();
    CostSwing swing = new CostSwing(new CostPoint(100, 0.3), new CostPoint(200, 4e30));
    assertThat(swing).hasToString("the cost rose from 0.300 after 100 to 4.00e+30 after 200");
  }

  private Path unscaled() throws IOException {
    StringBuilder text = new StringBuilder("a,b,label\n");
    for (int j = 0; j < 200; j++) {
      double noise = Math.sin(12.9898 * j) * 0.5;
      text.append(
          String.format(
              Locale.ROOT,
              "%.3f,%.3f,%d\n",
              500 + 400 * Math.cos(j),
              5 + 4 * Math.sin(j * 1.7),
              Math.cos(j) + Math.sin(j * 1.7) + noise > 0 ? 1 : 0));
    }
    return Files.writeString(folder.resolve("unscaled.csv"), text);
  }

  /** Raw features at the usual rate: the cost goes up and down by hundreds. */
  @Test
  void accuracyOfADescentThatSwingsIsNotPrintedAlone() throws IOException {
    Path file = unscaled();
    for (String solver : List.of("gd", "sgd")) {
      CommandRun run = CommandRun.of("train", "--train", file, "--solver", solver);
      assertThat(run.status()).isZero();
      assertThat(run.out()).contains("Not settled     the cost rose from ");
      assertThat(run.err()).contains("lanewise: warning: ").contains("scale the features");
      assertThat(
              CommandRun.of("train", "--train", file, "--solver", solver, "--json")
                  .json()
                  .at("/settled")
                  .asBoolean(true))
          .isFalse();
      run = CommandRun.of("train", "--train", file, "--solver", solver, "--scale", "standard");
      assertThat(run.out()).doesNotContain("Not settled");
      assertThat(run.err()).isEmpty();
    }
  }

  @Test
  void aRateBeyondAllSenseIsWarnedOfAndItsCostsCanBeRead() throws IOException {
    Path file = unscaled();
    for (String solver : List.of("gd", "sgd")) {
      CommandRun run =
          CommandRun.of("train", "--train", file, "--solver", solver, "--learning-rate", "1e30");
      if (run.status() == 0) {
        assertThat(run.err()).contains("lanewise: warning: ");
      } else {
        assertThat(run.status()).isEqualTo(4);
      }
      // No number has more than ten digits before its point.
      assertThat(run.out()).doesNotContainPattern("(?m)^(?!Weights SHA).*[0-9]{11,}\\.");
    }
  }

  /** Classes far apart: the first step is right for good, with weights that mean nothing. */
  @Test
  void weightsBeyondAllSenseAreWarnedOf() {
    float[][] samples = {{1}, {1}, {-1}, {-1}};
    for (Hyperparameters options :
        List.of(
            Hyperparameters.tutorial().withLearningRate(1e30).withIterations(4),
            Hyperparameters.tutorial()
                .withSgd(SgdOptions.USUAL.withBatchSize(4))
                .withLearningRate(1e30)
                .withIterations(4))) {
      List<String> warnings = new ArrayList<>();
      TrainingListener listener =
          new TrainingListener() {
            @Override
            public void warning(String message) {
              warnings.add(message);
            }
          };
      try (Dataset data = Dataset.of(samples, new int[] {1, 1, 0, 0})) {
        TrainingResult result = new LogisticRegression(options).fit(data, listener);
        assertThat(result.convergence().objective()).isLessThan(1e-6);
        assertThat(warnings).hasSize(1);
        assertThat(warnings.getFirst()).contains("weights reach 5.00e+29");
      }
    }
    try (Dataset data = TestData.clouds(50, 5, 1)) {
      List<String> warnings = new ArrayList<>();
      new LogisticRegression(Hyperparameters.tutorial().withIterations(50))
          .fit(
              data,
              new TrainingListener() {
                @Override
                public void warning(String message) {
                  warnings.add(message);
                }
              });
      assertThat(warnings).isEmpty();
    }
  }
}
