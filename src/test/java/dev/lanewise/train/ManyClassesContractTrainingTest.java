package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.TestData;
import dev.lanewise.kernel.ContractOracle;
import dev.lanewise.kernel.HostileNumbers;
import dev.lanewise.kernel.HostileNumbers.Kind;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.sgd.Optimizer;
import dev.lanewise.sgd.Schedule;
import dev.lanewise.sgd.SgdOptions;
import java.lang.foreign.Arena;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Descents on many classes against the contract on plain arrays, bit for bit. */
class ManyClassesContractTrainingTest {

  private static final Penalty PENALTY = new Penalty(0.5, 2);

  /** What a step of gradient descent takes: the sums over some blocks. */
  private record Sums(float[][] g, double[] errors, double losses) {}

  private static Sums range(float[][] x, int[] y, float[] s, State at, int first, int blocks) {
    if (blocks == 1) {
      return block(x, y, s, at, first * 256, Math.min(x.length, first * 256 + 256));
    }
    int left = 1;
    while (left * 2 < blocks) {
      left *= 2;
    }
    Sums a = range(x, y, s, at, first, left);
    Sums b = range(x, y, s, at, first + left, blocks - left);
    for (int k = 0; k < a.g.length; k++) {
      for (int i = 0; i < a.g[k].length; i++) {
        a.g[k][i] += b.g[k][i];
      }
      a.errors[k] += b.errors[k];
    }
    return new Sums(a.g, a.errors, a.losses + b.losses);
  }

  private static Sums block(float[][] x, int[] y, float[] s, State at, int from, int to) {
    int columns = at.w.length;
    float[][] g = new float[columns][x[0].length];
    double[] errors = new double[columns];
    double losses = 0;
    for (int j = from; j < to; j++) {
      float[] z = new float[columns];
      for (int k = 0; k < columns; k++) {
        z[k] = ContractOracle.dot(x[j], at.w[k]) + at.b[k];
      }
      float[] e = ContractOracle.softmax(z, y[j]);
      for (int k = 0; k <= columns && s != null; k++) {
        e[k] *= s[j];
      }
      for (int k = 0; k < columns; k++) {
        for (int i = 0; i < g[k].length; i++) {
          g[k][i] = Math.fma(e[k], x[j][i], g[k][i]);
        }
        errors[k] += e[k];
      }
      losses += e[columns];
    }
    return new Sums(g, errors, losses);
  }

  private record State(float[][] w, float[] b) {}

  /** Sections 4, 5, 13 and 14. */
  private static void iterate(float[][] x, int[] y, float[] s, State at, double alpha) {
    int m = x.length;
    Sums sums = range(x, y, s, at, 0, (m + 255) / 256);
    float step = (float) (-alpha / m);
    float shrink = (float) (1 - alpha * PENALTY.l2() / m);
    float t = (float) (alpha * PENALTY.l1() / m);
    for (int k = 0; k < at.w.length; k++) {
      for (int i = 0; i < at.w[k].length; i++) {
        float moved = Math.fma(step, sums.g[k][i], shrink * at.w[k][i]);
        at.w[k][i] = ContractOracle.softThreshold(moved, t);
      }
      at.b[k] = (float) Math.fma(-alpha / m, sums.errors[k], (double) at.b[k]);
    }
  }

  private static float[][] start(int d, int columns, long seed) {
    try (Arena arena = Arena.ofConfined()) {
      FloatMatrix w = FloatMatrix.allocate(arena, d, columns);
      Initialization.NORMAL.fill(w, seed);
      float[][] start = new float[columns][];
      for (int k = 0; k < columns; k++) {
        start[k] = w.column(k);
      }
      return start;
    }
  }

  private static int[] labels(HostileNumbers numbers, int m, int classes) {
    int[] y = new int[m];
    for (int j = 0; j < m; j++) {
      y[j] = j < 2 * classes ? j % classes : numbers.between(0, classes - 1);
    }
    return y;
  }

  @ParameterizedTest
  @CsvSource({"1,9,3", "17,257,4", "33,600,3", "3,2000,5", "40,1025,10", "9000,20,3"})
  void iterationsGiveTheBitsOfTheContract(int d, int m, int classes) {
    HostileNumbers numbers = new HostileNumbers(31L * d + m);
    float[][] x = numbers.samples(m, d, Kind.SIGNED);
    int[] y = labels(numbers, m, classes);
    float[] s = m % 2 == 0 ? null : numbers.floats(m, Kind.PIXELS);
    State expected = new State(start(d, classes, 8), new float[classes]);
    int iterations = 4;
    for (int iteration = 0; iteration < iterations; iteration++) {
      iterate(x, y, s, expected, 0.7);
    }
    TrainingOptions options =
        TrainingOptions.tutorial()
            .withIterations(iterations)
            .withLearningRate(0.7)
            .withInitialization(Initialization.NORMAL, 8)
            .withPenalty(PENALTY);
    try (Dataset plain = TestData.ofClasses(x, y, classes)) {
      Dataset data = s == null ? plain : plain.withWeights(s);
      for (Kernels kernels : AllKernels.fast()) {
        for (int threads : new int[] {1, 3}) {
          Runs.Result found = Runs.run(data, options, kernels, threads);
          assertThat(found.w()).isDeepEqualTo(expected.w);
          assertThat(found.b()).containsExactly(expected.b);
        }
      }
    }
  }

  @Test
  void batchesGiveTheBitsOfTheContract() {
    List<Optimizer> optimizers =
        List.of(
            new Optimizer.Sgd(0, false),
            new Optimizer.Sgd(0.9, false),
            new Optimizer.Sgd(0.8, true),
            Optimizer.Adam.USUAL);
    Schedule schedule = Schedule.of(Schedule.Kind.CONSTANT);
    for (int seed = 0; seed < 8; seed++) {
      HostileNumbers numbers = new HostileNumbers(seed);
      int d = numbers.between(1, 70);
      int classes = numbers.between(3, 7);
      int m = numbers.between(30, 90);
      float[][] x = numbers.samples(m, d, Kind.PIXELS);
      int[] y = labels(numbers, m, classes);
      float[] s = seed % 3 == 0 ? numbers.floats(m, Kind.PIXELS) : null;
      if (s != null) {
        for (int j = 0; j < m; j++) {
          s[j] += 0.25f;
        }
      }
      double holdout = seed < 4 ? 0 : 0.3;
      SgdOptions sgd =
          new SgdOptions(numbers.between(1, 20), optimizers.get(seed % 4), schedule, 0, holdout, 2);
      Penalty penalty = new Penalty(seed % 5 < 2 ? 0 : 0.4, seed % 2 == 0 ? 0 : 1.5);
      int epochs = 3;
      SgdOracle.Outcome expected =
          new SgdOracle(x, y, s, sgd, penalty, classes)
              .run(start(d, classes, seed), 0.05, epochs, seed);
      TrainingOptions options =
          TrainingOptions.defaults()
              .withSgd(sgd)
              .withIterations(epochs)
              .withLearningRate(0.05)
              .withPenalty(penalty)
              .withInitialization(Initialization.NORMAL, seed);
      try (Dataset plain = TestData.ofClasses(x, y, classes)) {
        Dataset data = s == null ? plain : plain.withWeights(s);
        for (Kernels kernels : AllKernels.fast()) {
          Runs.Result found = Runs.run(data, options, kernels, 2);
          assertThat(found.w()).as("seed %d", seed).isDeepEqualTo(expected.w());
          assertThat(found.b()).as("seed %d", seed).containsExactly(expected.b());
          assertThat(found.convergence().iterations()).isEqualTo(expected.epochs());
          if (holdout > 0) {
            assertThat(found.heldOut().bestEpoch()).isEqualTo(expected.bestEpoch());
            assertThat(found.heldOut().cost()).isEqualTo(expected.heldOutCost());
          }
        }
      }
    }
  }
}
