// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.kernel.simd.AllKernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.reduce.Partial;
import dev.lanewise.reduce.PartialShape;
import java.lang.foreign.Arena;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sums of block functions, however the blocks are shared out. */
class LocalExecutorTest {

  private static final int BLOCKS = 3;

  /** Sets the first numbers of each block to 1. */
  private record Ones(int count) implements BlockFunction {

    @Override
    public PartialShape shape() {
      return PartialShape.numbers(2);
    }

    @Override
    public void finish(int from, int to, Partial partial) {
      for (int i = 0; i < count; i++) {
        partial.setNumber(i, 1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void numbersThatAFunctionDoesNotSetAreZero(int threads) {
    try (Arena arena = Arena.ofShared();
        Compute compute = new Compute(AllKernels.scalar(), threads)) {
      Workspace workspace = Workspace.of(arena);
      FloatMatrix x = workspace.floats(1, 256 * BLOCKS);
      LocalExecutor executor = compute.executor(workspace, x);
      Partial both = executor.run(new Ones(2));
      assertThat(both.number(1)).isEqualTo(BLOCKS);
      Partial one = executor.run(new Ones(1));
      assertThat(one.number(0)).isEqualTo(BLOCKS);
      assertThat(one.number(1)).isZero();
    }
  }
}
