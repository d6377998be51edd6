// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Layout;
import dev.lanewise.nn.Parameters;
import dev.lanewise.options.Activation;
import dev.lanewise.options.HiddenLayers;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InitializationTest {

  private static final List<Initialization> RANDOM =
      List.of(
          Initialization.NORMAL,
          Initialization.HE,
          Initialization.GLOROT,
          Initialization.numpy(0.01),
          Initialization.NUMPY_FAN_IN);

  private static Parameters drawn(
      Arena arena, Initialization start, long seed, int features, List<Integer> hidden) {
    Layout layout = Layout.network(features, hidden, 1);
    Parameters parameters = new Parameters(Workspace.of(arena), layout);
    parameters.vector().fill((byte) 1);
    start.fill(parameters, seed);
    return parameters;
  }

  /**
   * The initial weights of the course's two networks on cats, by NumPy 1.24, as little-endian
   * float32, layer after layer and row after row.
   */
  @ParameterizedTest
  @CsvSource({
    "numpy:0.01, 7, c33ea84b56b0b4c1f57d2e2e4512ba3458215f8ddcc772f679898904a8fd382d",
    "numpy:fan-in, 20-7-5, 43f4fba3de892e2064c78cfc8563612c8d1c1973d2a8dfdcd10e457cf5a7f823"
  })
  void weightsOfTheCourseAreThoseOfNumpy(String id, String units, String sha256)
      throws NoSuchAlgorithmException {
    List<Integer> hidden = List.of(units.split("-")).stream().map(Integer::valueOf).toList();
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (Arena arena = Arena.ofConfined()) {
      Parameters parameters = drawn(arena, Initialization.parse(id), 1, 12288, hidden);
      for (int l = 0; l <= hidden.size(); l++) {
        FloatMatrix w = parameters.weights(l);
        for (int k = 0; k < w.columns(); k++) {
          ByteBuffer row = ByteBuffer.allocate(Float.BYTES * w.rows());
          row.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(w.column(k));
          digest.update(row);
        }
        assertThat(parameters.biases(l).column(0)).containsOnly(0);
      }
    }
    assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(sha256);
  }

  /** Rows of an odd length: {@code RandomState(1).randn(2, 3)} goes on with the kept number. */
  @Test
  void numpyGoesOnFromUnitToUnit() {
    try (Arena arena = Arena.ofConfined()) {
      Parameters parameters = drawn(arena, Initialization.numpy(1), 1, 3, List.of(2));
      assertThat(parameters.weights(0).column(0))
          .containsExactly(1.6243454f, -0.6117564f, -0.5281718f);
      assertThat(parameters.weights(0).column(1))
          .containsExactly(-1.0729686f, 0.86540765f, -2.3015387f);
      assertThat(parameters.weights(1).get(0, 0)).isEqualTo(1.7448118f);
    }
  }

  @ParameterizedTest
  @CsvSource({"normal,0.01,0.01", "he,0.1,0.2", "glorot,0.0894,0.124"})
  void deviationsAreThoseOfTheLayer(String id, double first, double second) {
    try (Arena arena = Arena.ofConfined()) {
      Parameters parameters = drawn(arena, Initialization.parse(id), 3, 200, List.of(50, 80));
      double limit = id.equals("glorot") ? Math.sqrt(6.0 / 250) : Double.MAX_VALUE;
      assertThat(deviation(parameters.weights(0), limit)).isCloseTo(first, within(0.05 * first));
      limit = id.equals("glorot") ? Math.sqrt(6.0 / 130) : Double.MAX_VALUE;
      assertThat(deviation(parameters.weights(1), limit)).isCloseTo(second, within(0.05 * second));
    }
  }

  /** The root of the mean square of weights within a limit, whose mean is about 0. */
  private static double deviation(FloatMatrix w, double limit) {
    double squares = 0;
    double sum = 0;
    for (int k = 0; k < w.columns(); k++) {
      for (float weight : w.column(k)) {
        assertThat(Math.abs(weight)).isLessThanOrEqualTo((float) limit);
        sum += weight;
        squares += (double) weight * weight;
      }
    }
    double count = (double) w.rows() * w.columns();
    double deviation = Math.sqrt(squares / count);
    assertThat(sum / count).isCloseTo(0, within(5 * deviation / Math.sqrt(count)));
    return deviation;
  }

  @Test
  void unitsAndLayersAndSeedsDiffer() {
    for (Initialization start : RANDOM) {
      try (Arena arena = Arena.ofConfined()) {
        Parameters parameters = drawn(arena, start, 5, 4, List.of(4, 4));
        float[] first = parameters.weights(0).column(0);
        assertThat(first).as(start.id()).isNotEqualTo(parameters.weights(0).column(1));
        assertThat(first).as(start.id()).isNotEqualTo(parameters.weights(1).column(0));
        Parameters other = drawn(arena, start, 6, 4, List.of(4, 4));
        assertThat(first).as(start.id()).isNotEqualTo(other.weights(0).column(0));
      }
    }
  }

  /** The first layer of a network starts as a layer alone does. */
  @Test
  void aLayerAloneHasTheSameWeights() {
    for (Initialization start : List.of(Initialization.NORMAL, Initialization.NUMPY_FAN_IN)) {
      try (Arena arena = Arena.ofConfined()) {
        FloatMatrix alone = FloatMatrix.allocate(arena, 7, 3);
        start.fill(alone, 2);
        Parameters parameters = drawn(arena, start, 2, 7, List.of(3));
        for (int k = 0; k < 3; k++) {
          assertThat(parameters.weights(0).column(k)).isEqualTo(alone.column(k));
        }
      }
    }
  }

  @Test
  void namesAreReadAsTheyAreWritten() {
    for (Initialization start : RANDOM) {
      assertThat(Initialization.parse(start.id())).isEqualTo(start);
    }
    assertThat(Initialization.parse("ZEROS")).isEqualTo(Initialization.ZEROS);
    assertThat(Initialization.parse("NumPy:1e-2").id()).isEqualTo("numpy:0.01");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ones", "", "numpy", "numpy:", "numpy:x", "numpy:0", "numpy:-1", "numpy:NaN"})
  void otherNamesAreRejected(String id) {
    assertThatThrownBy(() -> Initialization.parse(id))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("(?i).*numpy.*");
  }

  @Test
  void layersHaveTheirUsualWeights() {
    HiddenLayers relu = HiddenLayers.of(3);
    assertThat(Initialization.usual(HiddenLayers.NONE)).isEqualTo(Initialization.ZEROS);
    assertThat(Initialization.usual(relu)).isEqualTo(Initialization.HE);
    assertThat(Initialization.usual(relu.withActivation(Activation.TANH)))
        .isEqualTo(Initialization.GLOROT);
    Hyperparameters network = Hyperparameters.tutorial().withHidden(relu);
    assertThat(network.initialization()).isEqualTo(Initialization.HE);
    assertThatThrownBy(() -> network.withInitialization(Initialization.ZEROS, 0))
        .hasMessageContaining("all units of a layer would stay equal; take he");
    assertThatThrownBy(() -> network.withInitialization(Initialization.numpy(1), -1))
        .hasMessageContaining("a seed of NumPy's generator");
  }
}
