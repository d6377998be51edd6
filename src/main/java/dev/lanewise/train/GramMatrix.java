package dev.lanewise.train;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.Arena;

/** G = X'X, the products of the samples, in rectangles of which each could be a thread's. */
final class GramMatrix {

  private GramMatrix() {}

  static FloatMatrix of(Arena arena, Kernels kernels, FloatMatrix x) {
    int m = x.columns();
    FloatMatrix g = FloatMatrix.allocate(arena, m, m);
    try (Arena working = Arena.ofConfined()) {
      FloatMatrix scratch = FloatMatrix.allocate(working, FloatMatrix.LANES, Kernels.GRAM_SCRATCH);
      for (int k = 0; k < m; k += Kernels.GRAM_TILE) {
        for (int j = k; j < m; j += Kernels.GRAM_TILE) {
          kernels.gram(x, j, end(j, m), k, end(k, m), g, scratch);
        }
      }
    }
    return g;
  }

  private static int end(int from, int m) {
    return Math.min(from + Kernels.GRAM_TILE, m);
  }
}
