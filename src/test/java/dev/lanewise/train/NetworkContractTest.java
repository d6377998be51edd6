// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.TestData;
import dev.lanewise.exec.Compute;
import dev.lanewise.exec.GramSource;
import dev.lanewise.kernel.HostileNumbers;
import dev.lanewise.kernel.HostileNumbers.Kind;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.loss.Problem;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Parameters;
import dev.lanewise.options.Activation;
import dev.lanewise.options.HiddenLayers;
import dev.lanewise.options.Optimizer;
import dev.lanewise.options.Penalty;
import dev.lanewise.options.SgdOptions;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Training of networks against the contract on plain arrays, bit for bit. */
class NetworkContractTest {

  private static final List<Optimizer> OPTIMIZERS =
      List.of(
          new Optimizer.Sgd(0, false),
          new Optimizer.Sgd(0.9, false),
          new Optimizer.Sgd(0.8, true),
          Optimizer.Adam.USUAL,
          Optimizer.Adam.DECOUPLED);

  /** Drawn samples, with weights perhaps. */
  private record Samples(float[][] x, int[] y, float[] s, int classes) {

    static Samples of(HostileNumbers numbers, int m, int d, int classes, boolean weighted) {
      float[][] x = numbers.samples(m, d, Kind.SIGNED);
      int[] y =
          IntStream.range(0, m)
              .map(j -> j < classes ? j : numbers.between(0, classes - 1))
              .toArray();
      float[] s = weighted ? numbers.floats(m, Kind.PIXELS) : null;
      if (weighted) {
        s[0] = 1;
      }
      return new Samples(x, y, s, classes);
    }

    Dataset open() {
      Dataset data = TestData.ofClasses(x, y, classes);
      return s == null ? data : data.withWeights(s);
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void descentGivesTheBitsOfTheContract(Activation activation) {
    for (int seed = 0; seed < 6; seed++) {
      HostileNumbers numbers = new HostileNumbers(seed);
      // Up to three blocks, whose tree is not even.
      int m = seed == 0 ? 600 : numbers.between(9, 120);
      int d = seed == 1 ? 300 : numbers.between(1, 40);
      Samples samples = Samples.of(numbers, m, d, seed % 3 == 2 ? 3 : 2, seed % 2 == 1);
      HiddenLayers hidden =
          (seed == 3 ? HiddenLayers.of(270, 5) : HiddenLayers.of(numbers.between(1, 20), 7))
              .withActivation(activation);
      Hyperparameters options =
          Hyperparameters.tutorial()
              .withIterations(5)
              .withLearningRate(0.05)
              .withEngine(EngineChoice.PRIMAL)
              .withPenalty(new Penalty(seed % 4 == 1 ? 0.5 : 0, seed % 2 == 0 ? 0 : 2))
              .withCostEvery(1)
              .withInitialization(Initialization.HE, seed)
              .withHidden(hidden);
      check(samples, options, new int[] {1, 2, 3, 8});
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.4})
  void batchesGiveTheBitsOfTheContract(double dropout) {
    for (Activation activation : Activation.values()) {
      for (Optimizer optimizer : OPTIMIZERS) {
        int seed = optimizer.hashCode() % 100 + activation.ordinal();
        HostileNumbers numbers = new HostileNumbers(seed);
        Samples samples =
            Samples.of(
                numbers,
                numbers.between(9, 60),
                numbers.between(1, 40),
                seed % 2 == 0 ? 3 : 2,
                seed % 2 == 1);
        HiddenLayers hidden =
            HiddenLayers.of(numbers.between(1, 20), 6)
                .withActivation(activation)
                .withDropout(dropout);
        check(samples, batches(optimizer, 7, hidden, seed), new int[] {1});
      }
    }
  }

  /** Batches with work for several threads, of more than a tile, a section and a block. */
  @Test
  @Tag("slow")
  void longBatchesGiveTheBitsOfTheContract() {
    HostileNumbers numbers = new HostileNumbers(11);
    Samples samples = Samples.of(numbers, 700, 300, 3, true);
    HiddenLayers hidden = HiddenLayers.of(65, 20).withDropout(0.25);
    for (Optimizer optimizer : OPTIMIZERS) {
      check(samples, batches(optimizer, 300, hidden, 5), new int[] {1, 2, 3, 8});
    }
  }

  private static Hyperparameters batches(
      Optimizer optimizer, int size, HiddenLayers hidden, long seed) {
    return Hyperparameters.tutorial()
        .withSgd(SgdOptions.USUAL.withBatchSize(size).withOptimizer(optimizer))
        .withIterations(3)
        .withLearningRate(0.01)
        .withPenalty(Penalty.l2(seed % 2))
        .withCostEvery(0)
        .withInitialization(Initialization.GLOROT, seed)
        .withHidden(hidden);
  }

  private static void check(Samples samples, Hyperparameters options, int[] teams) {
    try (Dataset data = samples.open()) {
      for (Kernels kernels : AllKernels.fast()) {
        for (int threads : teams) {
          check(samples, data, options, kernels, threads);
        }
      }
    }
  }

  private static void check(
      Samples samples, Dataset data, Hyperparameters options, Kernels kernels, int threads) {
    String what = kernels.name() + kernels.lanes() + " on " + threads + ": " + options;
    try (Arena arena = Arena.ofShared();
        Compute compute = new Compute(kernels, threads)) {
      Workspace workspace = Workspace.of(arena);
      Problem problem = TrainingProblem.of(workspace, data, options);
      Parameters start = new Parameters(workspace, problem.layout());
      options.initialization().fill(start, options.seed());
      NetworkOracle oracle =
          new NetworkOracle(
              samples.x, samples.y, samples.s, options.hidden(), options.penalty(), by(start));
      Run run =
          options.solver() == SolverChoice.GD
              ? new Descent(options, EngineChoice.PRIMAL, GramSource.OWN, Checkpointer.NONE)
              : new SgdRun(options, options.holdOut(data), Checkpointer.NONE);
      Run.Outcome outcome =
          run.prepare(workspace, compute, problem, start).run(TrainingListener.SILENT);
      if (options.solver() == SolverChoice.GD) {
        for (CostPoint cost : outcome.costs()) {
          assertThat(cost.cost()).as(what).isEqualTo(oracle.iterate(options.learningRate()));
        }
      } else {
        SgdOptions sgd = options.solverOptions().sgd();
        oracle.epochs(
            sgd.optimizer(),
            Math.min(sgd.batchSize(), samples.x.length),
            options.learningRate(),
            options.iterations(),
            options.seed());
      }
      float[][][] found = by(outcome.end());
      for (int l = 0; l < found.length; l++) {
        assertThat(outcome.end().biases(l).column(0)).as(what).containsExactly(oracle.b[l]);
        for (int k = 0; k < found[l].length; k++) {
          assertThat(found[l][k])
              .as("%s, layer %d unit %d", what, l, k)
              .containsExactly(oracle.w[l][k]);
        }
      }
    }
  }

  /** The weights by layer, unit and input. */
  private static float[][][] by(Parameters parameters) {
    int layers = parameters.layout().layers().size();
    float[][][] weights = new float[layers][][];
    for (int l = 0; l < layers; l++) {
      weights[l] = new float[parameters.weights(l).columns()][];
      for (int k = 0; k < weights[l].length; k++) {
        weights[l][k] = parameters.weights(l).column(k);
      }
    }
    return weights;
  }
}
