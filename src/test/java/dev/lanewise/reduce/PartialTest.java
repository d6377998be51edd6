// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.reduce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Layout;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartialTest {

  private static final PartialShape SHAPE =
      new PartialShape(
          new Layout(List.of(new Layout.Dense(37, 3), new Layout.Dense(3, 2))), 2, 37, 4, 3);

  private static Partial filled(Workspace workspace, Kernels kernels, long seed) {
    Random random = new Random(seed);
    Partial partial = new Partial(workspace, kernels, SHAPE);
    for (int l = 0; l < 2; l++) {
      FloatMatrix weights = partial.gradient().weights(l);
      for (int k = 0; k < weights.columns(); k++) {
        for (int i = 0; i < weights.rows(); i++) {
          weights.set(i, k, random.nextFloat() - 0.5f);
        }
      }
    }
    for (int c = 0; c < 2; c++) {
      for (int i = 0; i < 37; i++) {
        partial.doubles(c)[i] = random.nextGaussian();
      }
    }
    for (int n = 0; n < 4; n++) {
      partial.setNumber(n, random.nextGaussian());
    }
    return partial;
  }

  private static byte[] bytes(Partial partial) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    partial.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  @Test
  void itIsAddedElementByElementInAnyRangesOfFeatures() throws IOException {
    try (Arena arena = Arena.ofShared()) {
      Workspace workspace = Workspace.of(arena);
      for (Kernels kernels : AllKernels.fast()) {
        Partial left = filled(workspace, kernels, 1);
        Partial right = filled(workspace, kernels, 2);
        float weight = left.gradient().weights(1).get(2, 1) + right.gradient().weights(1).get(2, 1);
        double column = left.doubles(1)[36] + right.doubles(1)[36];
        double number = left.number(3) + right.number(3);
        left.add(right);
        assertThat(left.gradient().weights(1).get(2, 1)).isEqualTo(weight);
        assertThat(left.doubles(1)[36]).isEqualTo(column);
        assertThat(left.number(3)).isEqualTo(number);

        Partial ranges = filled(workspace, kernels, 1);
        ranges.add(right, 0, 16);
        ranges.add(right, 16, 48);
        ranges.addNumbers(right);
        assertThat(
                ranges
                    .gradient()
                    .weights(0)
                    .segment()
                    .mismatch(left.gradient().weights(0).segment()))
            .isEqualTo(-1);
        assertThat(ranges.doubles(0)).isEqualTo(left.doubles(0));
      }
    }
  }

  @Test
  void whatAnotherProcessWroteIsReadToTheBit() throws IOException {
    try (Arena arena = Arena.ofShared()) {
      Workspace workspace = Workspace.of(arena);
      Kernels kernels = AllKernels.scalar();
      byte[] written = bytes(filled(workspace, kernels, 3));
      assertThat(written).hasSize(Float.BYTES * (37 * 3 + 3 * 2) + Double.BYTES * (2 * 37 + 4));
      Partial read = new Partial(workspace, kernels, SHAPE);
      read.read(new DataInputStream(new ByteArrayInputStream(written)));
      assertThat(bytes(read)).isEqualTo(written);
      read.clear();
      assertThat(bytes(read)).containsOnly(0);
    }
  }
}
