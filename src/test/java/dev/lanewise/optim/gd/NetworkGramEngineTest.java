// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.optim.gd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.data.Scaling;
import dev.lanewise.exec.Compute;
import dev.lanewise.kernel.HostileNumbers;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.loss.Problem;
import dev.lanewise.matrix.ByteMatrix;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Parameters;
import dev.lanewise.options.Activation;
import dev.lanewise.options.HiddenLayers;
import dev.lanewise.options.Penalty;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine against the contract on plain arrays, bit for bit. */
@Tag("widths")
class NetworkGramEngineTest {

  private static final int ITERATIONS = 4;

  static Stream<Kernels> kernels() {
    return AllKernels.all().stream();
  }

  /** A problem on plain arrays, and the oracle's end of a run. */
  private static final class Case {

    final float[][] x;
    final boolean pixels;
    final int[] y;
    final float[] sampleWeights;
    final HiddenLayers hidden;
    final int outputs;
    double alpha;
    final double l2;
    final float[][][] w;
    final float[][] b;

    Case(int seed, int m, int d, Activation activation, int outputs, int... units) {
      HostileNumbers numbers = new HostileNumbers(seed);
      this.pixels = numbers.between(0, 1) == 0;
      this.x =
          numbers.samples(m, d, pixels ? HostileNumbers.Kind.PIXELS : HostileNumbers.Kind.SIGNED);
      this.y = new int[m];
      Arrays.setAll(y, j -> numbers.between(0, Math.max(1, outputs - 1)));
      this.sampleWeights =
          numbers.between(0, 1) == 0 ? null : numbers.floats(m, HostileNumbers.Kind.PIXELS);
      this.hidden = HiddenLayers.of(units).withActivation(activation);
      this.outputs = outputs;
      this.alpha = 0.5;
      this.l2 = numbers.between(0, 1) * 0.75;
      int[] sizes = new int[units.length + 2];
      sizes[0] = d;
      System.arraycopy(units, 0, sizes, 1, units.length);
      sizes[sizes.length - 1] = outputs;
      this.w = new float[sizes.length - 1][][];
      this.b = new float[w.length][];
      for (int l = 0; l < w.length; l++) {
        w[l] = numbers.samples(sizes[l + 1], sizes[l], HostileNumbers.Kind.SIGNED);
        b[l] = numbers.floats(sizes[l + 1], HostileNumbers.Kind.SIGNED);
      }
    }

    String expected() {
      NetworkGramOracle oracle =
          new NetworkGramOracle(x, pixels, y, sampleWeights, hidden.activation(), alpha, l2, w, b);
      List<Double> costs = new ArrayList<>();
      for (int iteration = 0; iteration < ITERATIONS; iteration++) {
        costs.add(oracle.iterate());
      }
      return costs + Arrays.deepToString(oracle.weights()) + Arrays.deepToString(oracle.biases());
    }

    String run(Kernels kernels, int threads, boolean asBytes) {
      try (Arena arena = Arena.ofShared();
          Compute compute = new Compute(kernels, threads)) {
        Workspace workspace = Workspace.of(arena);
        NetworkGramEngine engine = engine(workspace, compute, features(workspace, asBytes));
        List<Double> costs = new ArrayList<>();
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
          costs.add(engine.iterate(true));
        }
        return costs + text(engine.parameters());
      }
    }

    NetworkGramEngine engine(Workspace workspace, Compute compute, SampleMatrix features) {
      FloatMatrix labels = workspace.floats(y.length, 1);
      FloatMatrix weights = sampleWeights == null ? null : workspace.floats(y.length, 1);
      for (int j = 0; j < y.length; j++) {
        labels.set(j, 0, y[j]);
        if (weights != null) {
          weights.set(j, 0, sampleWeights[j]);
        }
      }
      Problem problem =
          new Problem(features, labels, weights, Penalty.l2(l2), hidden, outputs, pixels);
      Parameters start = new Parameters(workspace, problem.layout());
      for (int l = 0; l < w.length; l++) {
        for (int k = 0; k < w[l].length; k++) {
          start.weights(l).setColumn(k, w[l][k]);
        }
        start.biases(l).setColumn(0, b[l]);
      }
      return new NetworkGramEngine(workspace, compute, problem, start, alpha);
    }

    SampleMatrix features(Workspace workspace, boolean asBytes) {
      if (asBytes) {
        ByteMatrix bytes = workspace.bytes(x[0].length, x.length, Scaling.PIXEL_FACTOR);
        for (int j = 0; j < x.length; j++) {
          byte[] column = new byte[x[j].length];
          for (int i = 0; i < column.length; i++) {
            column[i] = (byte) Math.round(x[j][i] * 255);
          }
          bytes.setColumn(j, MemorySegment.ofArray(column), 0);
        }
        return bytes;
      }
      FloatMatrix floats = workspace.floats(x[0].length, x.length);
      for (int j = 0; j < x.length; j++) {
        floats.setColumn(j, x[j]);
      }
      return floats;
    }
  }

  private static String text(Parameters parameters) {
    int layers = parameters.layout().layers().size();
    float[][][] weights = new float[layers][][];
    float[][] biases = new float[layers][];
    for (int l = 0; l < layers; l++) {
      FloatMatrix w = parameters.weights(l);
      weights[l] = new float[w.columns()][];
      Arrays.setAll(weights[l], w::column);
      biases[l] = parameters.biases(l).column(0);
    }
    return Arrays.deepToString(weights) + Arrays.deepToString(biases);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void runsGiveTheBitsOfTheContract(Kernels kernels) {
    int cases = AllKernels.isNative(kernels) ? 60 : 3;
    for (int seed = 0; seed < cases; seed++) {
      HostileNumbers numbers = new HostileNumbers(1000 + seed);
      int[] units = new int[numbers.between(1, 3)];
      Arrays.setAll(units, l -> numbers.between(1, 11));
      Activation activation = Activation.values()[seed % Activation.values().length];
      int outputs = numbers.between(0, 1) == 0 ? 1 : numbers.between(3, 5);
      int m = numbers.between(1, 40);
      int d = numbers.between(1, AllKernels.isNative(kernels) ? 600 : 40);
      Case one = new Case(seed, m, d, activation, outputs, units);
      int threads = numbers.between(1, 3);
      assertThat(one.run(kernels, threads, false))
          .as("%s%d, case %d", kernels.name(), kernels.lanes(), seed)
          .isEqualTo(one.expected());
    }
  }

  /** With more samples than a section, and work for several threads. */
  @ParameterizedTest
  @EnumSource
  void threadsChangeNoBit(Activation activation) {
    for (int outputs : new int[] {1, 3}) {
      Case one = new Case(outputs, 300, 520, activation, outputs, 12, 5);
      String expected = one.expected();
      for (Kernels kernels : AllKernels.fast()) {
        for (int threads = 1; threads <= 8; threads++) {
          assertThat(one.run(kernels, threads, false))
              .as("%d threads", threads)
              .isEqualTo(expected);
        }
      }
    }
  }

  /** Columns of samples that would be a multiple of 4096 bytes apart. */
  @Test
  void sizesThatArePowersOfTwoGiveTheBitsOfTheContract() {
    Case one = new Case(9, 512, 256, Activation.RELU, 1, 8, 8);
    assertThat(one.run(AllKernels.fast().getLast(), 2, false)).isEqualTo(one.expected());
  }

  @Test
  void storageChangesNoBit() {
    int found = 0;
    for (int seed = 0; seed < 20; seed++) {
      Case one = new Case(seed, 37, 300, Activation.RELU, 1, 6);
      if (one.pixels) {
        found++;
        for (Kernels kernels : AllKernels.fast()) {
          assertThat(one.run(kernels, 2, true)).isEqualTo(one.run(kernels, 1, false));
        }
      }
    }
    assertThat(found).isGreaterThan(2);
  }

  @Test
  void itGoesBackToWhatItRemembered() {
    Case one = new Case(5, 20, 30, Activation.TANH, 3, 4);
    try (Arena arena = Arena.ofShared();
        Compute compute = new Compute(AllKernels.scalar(), 1)) {
      Workspace workspace = Workspace.of(arena);
      NetworkGramEngine engine = one.engine(workspace, compute, one.features(workspace, false));
      assertThat(engine.recall()).isFalse();
      engine.iterate(false);
      engine.remember();
      String remembered = text(engine.parameters());
      double cost = engine.iterate(true);
      assertThat(text(engine.parameters())).isNotEqualTo(remembered);
      assertThat(engine.recall()).isTrue();
      assertThat(text(engine.parameters())).isEqualTo(remembered);
      assertThat(engine.iterate(true)).isEqualTo(cost);
    }
  }

  @Test
  void aRunThatDivergesNamesTheLayer() {
    Case one = new Case(5, 20, 30, Activation.RELU, 1, 4);
    one.alpha = 1e200;
    try (Arena arena = Arena.ofShared();
        Compute compute = new Compute(AllKernels.scalar(), 1)) {
      Workspace workspace = Workspace.of(arena);
      NetworkGramEngine engine = one.engine(workspace, compute, one.features(workspace, false));
      assertThatThrownBy(
              () -> {
                for (int iteration = 0; iteration < 20; iteration++) {
                  engine.iterate(false);
                }
              })
          .isInstanceOf(NotFiniteException.class)
          .hasMessageMatching("the outputs of layer [12] are no longer numbers");
    }
  }
}
