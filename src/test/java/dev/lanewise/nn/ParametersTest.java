// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import java.lang.foreign.Arena;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParametersTest {

  private static final Layout TWO_LAYERS =
      new Layout(List.of(new Layout.Dense(20, 3), new Layout.Dense(3, 2)));

  @Test
  void viewsShareOneVectorAndNothingElse() {
    try (Arena arena = Arena.ofShared()) {
      Parameters parameters = new Parameters(Workspace.of(arena), TWO_LAYERS);
      float value = 1;
      double sum = 0;
      for (int l = 0; l < 2; l++) {
        for (FloatMatrix view : new FloatMatrix[] {parameters.weights(l), parameters.biases(l)}) {
          for (int k = 0; k < view.columns(); k++) {
            for (int i = 0; i < view.rows(); i++) {
              sum += (double) value * value;
              view.set(i, k, value++);
            }
          }
        }
      }
      assertThat(value - 1).isEqualTo(20 * 3 + 3 + 3 * 2 + 2);
      ParameterSpace space =
          new ParameterSpace(Workspace.of(arena), AllKernels.scalar(), TWO_LAYERS);
      assertThat(space.dot(parameters, parameters)).isEqualTo(sum);
      Parameters copy = space.zero();
      copy.copy(parameters);
      space.add(copy, -1, parameters);
      assertThat(space.isZero(copy)).isTrue();
      parameters.biases(1).set(1, 0, Float.NaN);
      assertThat(parameters.isFinite()).isFalse();
      assertThat(copy.isFinite()).isTrue();
    }
  }

  @Test
  void linesAreTheWeightsAsTheyLieInMemory() {
    // Columns of 1024 rows have a gap of 16 between them.
    Layout layout = new Layout(List.of(new Layout.Dense(1024, 3), new Layout.Dense(3, 2)));
    try (Arena arena = Arena.ofShared()) {
      Parameters parameters = new Parameters(Workspace.of(arena), layout);
      assertThat(layout.lines()).isEqualTo(3 * (1024 / 16 + 1) + 2);
      assertThat(parameters.stretches()).isEqualTo(2);
      for (int line = 0; line < layout.lines(); line++) {
        for (int s = 0; s < parameters.stretches(); s++) {
          for (int i = parameters.rowOf(s, line); i < parameters.rowOf(s, line + 1); i++) {
            FloatMatrix stretch = parameters.stretch(s);
            stretch.set(i, 0, stretch.get(i, 0) + line + 1);
          }
        }
      }
      assertThat(parameters.weights(0).get(15, 0)).isEqualTo(1);
      assertThat(parameters.weights(0).get(16, 0)).isEqualTo(2);
      assertThat(parameters.weights(0).get(0, 2)).isEqualTo(2 * 65 + 1);
      assertThat(parameters.weights(1).get(2, 1)).isEqualTo(3 * 65 + 2);
      for (int l = 0; l < 2; l++) {
        assertThat(parameters.biases(l).get(0, 0)).isZero();
      }
    }
  }

  @Test
  void aStretchIsNoLongerThanAColumnMayBe() {
    Layout layout = Layout.dense(100_000_000, 12);
    Parameters parameters = new Parameters(Workspace.dryRun(), layout);
    assertThat(parameters.stretches()).isEqualTo(3);
    assertThat(parameters.rowOf(2, layout.lines())).isEqualTo(200_000_000);
  }

  @Test
  void unitsOfALayerArePadded() {
    assertThat(TWO_LAYERS.paddedUnits()).isEqualTo(32);
    assertThat(TWO_LAYERS.unitOf(0, 16)).isEqualTo(3);
    assertThat(TWO_LAYERS.unitOf(1, 16)).isZero();
    assertThat(TWO_LAYERS.unitOf(1, 32)).isEqualTo(2);
  }

  @Test
  void namesTellLayersApartWhereThereAreSeveral() {
    assertThat(Layout.dense(5, 2).weightsName(0)).isEqualTo("weights");
    assertThat(Layout.dense(5, 2).biasName(0)).isEqualTo("bias");
    assertThat(TWO_LAYERS.weightsName(1)).isEqualTo("weights_2");
    assertThat(TWO_LAYERS.features()).isEqualTo(20);
    assertThat(TWO_LAYERS.outputs()).isEqualTo(2);
  }

  @Test
  void layersFollowOneAnother() {
    List<Layout.Dense> layers = List.of(new Layout.Dense(4, 3), new Layout.Dense(2, 1));
    assertThatThrownBy(() -> new Layout(layers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("layer 1");
    List<Layout.Dense> none = List.of();
    assertThatThrownBy(() -> new Layout(none)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDryRunCountsWhatARunAllocates() {
    Workspace dry = Workspace.dryRun();
    Parameters parameters = new Parameters(dry, TWO_LAYERS);
    assertThat(dry.byteSize()).isEqualTo(TWO_LAYERS.byteSize());
    assertThatThrownBy(() -> parameters.weights().get(0, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    try (Arena arena = Arena.ofShared()) {
      Workspace real = Workspace.of(arena);
      assertThat(new Parameters(real, TWO_LAYERS).vector().byteSize()).isEqualTo(dry.byteSize());
      assertThat(real.byteSize()).isEqualTo(dry.byteSize());
    }
    dry.count(Long.MAX_VALUE);
    assertThat(dry.byteSize()).isEqualTo(Long.MAX_VALUE);
  }
}
