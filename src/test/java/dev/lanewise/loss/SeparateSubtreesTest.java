// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.exec.Compute;
import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Layout;
import dev.lanewise.nn.Parameters;
import dev.lanewise.options.HiddenLayers;
import dev.lanewise.options.Penalty;
import dev.lanewise.reduce.BlockTree;
import dev.lanewise.reduce.Partial;
import dev.lanewise.reduce.PartialShape;
import dev.lanewise.reduce.ReductionPlan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Loss and gradient are the same bits where each subtree is computed apart from the others: from
 * its own samples alone, with its own executor and memory, its sums sent as bytes.
 */
class SeparateSubtreesTest {

  private static final int FEATURES = 21;

  @ParameterizedTest
  @CsvSource({"1,700,2", "1,2000,3", "3,257,2", "4,2600,5", "3,1300,1"})
  void sumsOfSeparateSubtreesAreThoseOfAll(int outputs, int samples, int places)
      throws IOException {
    Random random = new Random(outputs + samples);
    float[][] x = new float[samples][FEATURES];
    float[] y = new float[samples];
    for (int j = 0; j < samples; j++) {
      y[j] = random.nextInt(Math.max(2, outputs));
      for (int i = 0; i < FEATURES; i++) {
        x[j][i] = (float) random.nextGaussian();
      }
    }
    float[] w = new float[FEATURES * outputs];
    for (int i = 0; i < w.length; i++) {
      w[i] = (float) random.nextGaussian();
    }
    int blocks = BlockTree.blocks(samples);
    ReductionPlan plan = ReductionPlan.even(blocks, places);
    byte[] expected = sums(x, y, w, outputs, 1, null);
    try (Arena arena = Arena.ofConfined()) {
      Workspace workspace = Workspace.of(arena);
      Partial[] slots = new Partial[plan.slots()];
      for (int place = 0; place < places; place++) {
        for (ReductionPlan.Leaf leaf : plan.leaves(place)) {
          int from = BlockTree.start(leaf.subtree().first());
          int to = BlockTree.end(leaf.subtree().first() + leaf.subtree().blocks() - 1, samples);
          Partial slot =
              new Partial(
                  workspace,
                  AllKernels.scalar(),
                  PartialShape.gradient(Layout.dense(FEATURES, outputs), outputs + 1));
          sums(
              Arrays.copyOfRange(x, from, to),
              Arrays.copyOfRange(y, from, to),
              w,
              outputs,
              1 + place % 3,
              slot);
          slots[leaf.slot()] = slot;
        }
      }
      for (ReductionPlan.Addition addition : plan.additions()) {
        slots[addition.left()].add(slots[addition.right()]);
      }
      assertThat(bytes(slots[0])).isEqualTo(expected);
    }
  }

  /** The sums over some samples as bytes, which are also read into a partial if there is one. */
  private static byte[] sums(
      float[][] x, float[] y, float[] w, int outputs, int threads, Partial result)
      throws IOException {
    try (Arena arena = Arena.ofShared();
        Compute compute = new Compute(AllKernels.fast().getLast(), threads)) {
      Workspace workspace = Workspace.of(arena);
      FloatMatrix features = workspace.floats(FEATURES, x.length);
      for (int j = 0; j < x.length; j++) {
        features.setColumn(j, x[j]);
      }
      Problem problem =
          new Problem(
              features,
              FloatMatrix.vector(arena, y),
              null,
              Penalty.NONE,
              HiddenLayers.NONE,
              outputs);
      Parameters parameters = new Parameters(workspace, problem.layout());
      for (int k = 0; k < outputs; k++) {
        parameters.weights().setColumn(k, Arrays.copyOfRange(w, k * FEATURES, (k + 1) * FEATURES));
        parameters.setBias(k, 0.5f - k);
      }
      Loss loss = Loss.of(compute.kernels(), problem.y(), null, outputs);
      CrossEntropy function =
          CrossEntropy.withGradient(workspace, compute.kernels(), loss, x.length, problem);
      byte[] sums = bytes(compute.executor(workspace, features).run(function.at(parameters, true)));
      if (result != null) {
        result.read(new DataInputStream(new ByteArrayInputStream(sums)));
      }
      return sums;
    }
  }

  private static byte[] bytes(Partial sums) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    sums.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }
}
