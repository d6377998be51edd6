// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.TestData;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.model.Predictions;
import dev.lanewise.options.Penalty;
import dev.lanewise.options.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What newton and lbfgs call converged is at the optimum that an oracle finds in double, and what
 * is not is not called so, with a warning: for problems drawn with features of scales from 1e-9 to
 * 1e9, offsets, constant and collinear features, separable and quasi-separable classes, rare
 * classes, samples that weigh nothing, few samples and many. No end is above its beginning.
 */
class HonestConvergenceTest {

  private static final Kernels KERNELS = AllKernels.scalar();
  private static final double OF_OBJECTIVE = 1e-6;
  private static final double OF_PROBABILITIES = 1e-4;

  // What double can tell of objectives, relative to that at zero weights.
  private static final double ROUNDING = 1e-13;

  /** A problem. */
  private static final class Drawn {

    private final SplittableRandom random;
    private final List<String> traits = new ArrayList<>();
    private final int classes;
    private final float[][] x;
    private final int[] y;
    private final float[] weights;
    private final double l2;

    Drawn(int seed) {
      random = new SplittableRandom(seed);
      for (int i = 0; i < 8; i++) {
        random.nextLong();
      }
      classes = one(3) ? 3 + random.nextInt(one(3) ? 18 : 3) : 2;
      boolean rare = classes == 2 && one(8);
      int d = 1 + random.nextInt(one(3) ? 60 : 12);
      if (classes > 5) {
        d = Math.min(d, 12);
      }
      int m = rare ? 2002 : Math.max(4 * classes, 4 + random.nextInt(one(2) ? 40 : 400));
      x = new float[m][d];
      y = new int[m];
      double[][] raw = new double[m][d];
      draw(raw, rare);
      scale(raw);
      weights = one(4) ? weigh(m) : null;
      l2 = one(3) ? 0 : Math.pow(10, random.nextInt(-4, 4));
      traits.add(String.format(Locale.ROOT, "m=%d d=%d K=%d l2=%s", m, d, classes, l2));
    }

    private boolean one(int in) {
      return random.nextInt(in) == 0;
    }

    private void draw(double[][] raw, boolean rare) {
      int m = raw.length;
      int d = raw[0].length;
      double[][] w = new double[classes][d];
      for (double[] column : w) {
        for (int i = 0; i < d; i++) {
          column[i] = random.nextGaussian() * (one(3) ? 2 : 0.3);
        }
      }
      boolean separable = one(8);
      boolean quasi = !separable && one(8);
      for (int j = 0; j < m; j++) {
        for (int i = 0; i < d; i++) {
          raw[j][i] = quasi && i == 0 ? random.nextInt(2) : random.nextGaussian();
        }
        int label = 0;
        double best = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < classes; k++) {
          double z = separable ? 0 : -Math.log(-Math.log(random.nextDouble()));
          for (int i = 0; i < d; i++) {
            z += w[k][i] * raw[j][i];
          }
          label = z > best ? k : label;
          best = Math.max(best, z);
        }
        label = quasi && raw[j][0] == 1 ? 1 : label;
        y[j] = rare ? j < 2 ? 1 : 0 : j < classes ? j : label;
      }
      traits.add(rare ? "rare" : separable ? "separable" : quasi ? "quasi-separable" : "noisy");
    }

    private void scale(double[][] raw) {
      int d = raw[0].length;
      int spread = one(3) ? 0 : random.nextInt(10);
      int size = one(2) ? 0 : random.nextInt(-9 + spread, 10 - spread);
      boolean offsets = one(3);
      int largest = 1 + random.nextInt(6);
      boolean integers = one(5);
      for (int i = 0; i < d; i++) {
        int exponent = size + (spread == 0 ? 0 : random.nextInt(-spread, spread + 1));
        double scale = Math.pow(10, exponent);
        double offset = offsets ? Math.pow(10, random.nextInt(largest + 1)) : 0;
        int copied = i > 0 && one(10) ? random.nextInt(i) : -1;
        double apart = one(2) ? 0 : 1e-3;
        boolean constant = one(25);
        for (int j = 0; j < raw.length; j++) {
          double value = constant ? 1 : raw[j][i];
          if (copied >= 0) {
            raw[j][i] = raw[j][copied] + apart * raw[j][i];
            value = raw[j][i];
          }
          double all = scale * (value + offset);
          x[j][i] = (float) (integers && scale > 1 ? Math.rint(all) : all);
        }
        if (copied >= 0) {
          traits.add(apart == 0 ? "copy" : "near copy");
        }
        if (constant) {
          traits.add("constant");
        }
      }
      traits.add("1e" + size + "+-" + spread + (offsets ? " offsets to 1e" + largest : ""));
    }

    private float[] weigh(int m) {
      float[] all = new float[m];
      for (int j = 0; j < m; j++) {
        all[j] = one(3) && j >= classes ? 0 : 0.25f * (1 + random.nextInt(12));
      }
      traits.add("weights");
      return all;
    }

    Dataset open() {
      Dataset plain = classes == 2 ? Dataset.of(x, y) : TestData.ofClasses(x, y, classes);
      return weights == null ? plain : plain.withWeights(weights);
    }

    OptimumOracle oracle() {
      double[][] all = new double[x.length][x[0].length];
      double[] s = new double[x.length];
      for (int j = 0; j < all.length; j++) {
        s[j] = weights == null ? 1 : weights[j];
        for (int i = 0; i < all[j].length; i++) {
          all[j][i] = x[j][i];
        }
      }
      return new OptimumOracle(all, y, s, classes, l2);
    }
  }

  /** What was found of problems. */
  private static final class Findings {

    private int optima;
    private int reached;
    private final List<String> wrong = new ArrayList<>();
    private final List<String> missed = new ArrayList<>();
  }

  private static void check(int seed, Findings findings) {
    Drawn drawn = new Drawn(seed);
    OptimumOracle oracle = drawn.oracle();
    for (SolverChoice solver : List.of(SolverChoice.NEWTON, SolverChoice.LBFGS)) {
      String name = "problem " + seed + ", " + solver.id() + ", " + drawn.traits;
      List<String> warnings = new ArrayList<>();
      try (Dataset data = drawn.open()) {
        Hyperparameters options =
            Hyperparameters.defaults()
                .withSolver(SolverOptions.of(solver))
                .withPenalty(Penalty.l2(drawn.l2));
        TrainingResult result =
            new LogisticRegression(options, Execution.ofThreads(1))
                .fit(
                    data,
                    new TrainingListener() {
                      @Override
                      public void warning(String message) {
                        warnings.add(message);
                      }
                    });
        check(name, drawn, oracle, result, data, warnings, findings);
      }
    }
  }

  private static void check(
      String name,
      Drawn drawn,
      OptimumOracle oracle,
      TrainingResult result,
      Dataset data,
      List<String> warnings,
      Findings findings) {
    int columns = result.model().columns();
    float[][] w = new float[columns][];
    float[] b = new float[columns];
    for (int k = 0; k < columns; k++) {
      w[k] = result.model().weights(k);
      b[k] = result.model().bias(k);
    }
    double value = oracle.value(w, b);
    double least = oracle.value();
    Predictions predictions = result.model().predict(data, KERNELS);
    double off = 0;
    for (int j = 0; j < drawn.x.length; j++) {
      double[] right = oracle.probabilities(j);
      double[] ours = oracle.probabilities(w, b, j);
      for (int k = 0; k < right.length; k++) {
        off = Math.max(off, Math.abs(right[k] - ours[k]));
        double printed =
            columns == 1
                ? k == 1 ? predictions.probability(j) : 1 - predictions.probability(j)
                : predictions.probability(j, k);
        off = Math.max(off, Math.abs(right[k] - printed));
      }
    }
    Convergence end = result.convergence();
    String found =
        String.format(
            Locale.ROOT,
            "%s: %s, objective %.9g of %.9g (%.1e above), probabilities %.1e off, %s, %s",
            name,
            oracle.exists() ? "an optimum" : "no optimum",
            value,
            least,
            value / least - 1,
            off,
            end,
            warnings);
    boolean optimal =
        oracle.exists()
            && value <= least * (1 + OF_OBJECTIVE) + ROUNDING * oracle.valueAtZero()
            && off <= OF_PROBABILITIES;
    if (end.converged() && !optimal) {
      findings.wrong.add("called converged: " + found);
    }
    if (oracle.exists() && end.stopReason() == StopReason.NO_OPTIMUM) {
      findings.wrong.add("called without an optimum: " + found);
    }
    if (!end.converged() && warnings.isEmpty()) {
      findings.wrong.add("no warning: " + found);
    }
    if (!(value <= oracle.valueAtZero() * (1 + 1e-9))) {
      findings.wrong.add("above zero weights: " + found);
    }
    if (!(Math.abs(end.objective() * drawn.x.length - value) <= 1e-7 * value + 1e-14)) {
      findings.wrong.add("another objective: " + found);
    }
    double gap = value - least - ROUNDING * oracle.valueAtZero();
    if (end.converged() && gap > 4 * end.objectiveGap() * drawn.x.length + 1e-9 * value) {
      findings.wrong.add("another gap: " + found);
    }
    findings.optima += oracle.exists() ? 1 : 0;
    if (oracle.exists() && end.converged()) {
      findings.reached++;
    } else if (oracle.exists()) {
      findings.missed.add(found);
    }
  }

  static Findings checkAll(int from, int to) {
    Findings findings = new Findings();
    for (int seed = from; seed < to; seed++) {
      check(seed, findings);
    }
    return findings;
  }

  private static void assertHonest(int from, int to) {
    Findings findings = checkAll(from, to);
    assertThat(findings.wrong).isEmpty();
    assertThat(findings.reached)
        .as("optima reached, of %d; not: %s", findings.optima, findings.missed)
        .isGreaterThan(findings.optima * 7 / 10);
  }

  @Test
  void whatIsCalledConvergedIsAtTheOptimum() {
    assertHonest(0, 40);
  }

  @Test
  @Tag("exhaustive")
  void whatIsCalledConvergedIsAtTheOptimumOfManyMore() {
    assertHonest(40, 400);
  }
}
