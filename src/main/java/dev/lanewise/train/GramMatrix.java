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
    // Of the same arena as the rest: code that has met two kinds of arenas is given up by the JVM
    // time
    // and again.
    FloatMatrix scratch = FloatMatrix.allocate(arena, FloatMatrix.LANES, Kernels.GRAM_SCRATCH);
    for (int k = 0; k < m; k += Kernels.GRAM_TILE) {
      for (int j = k; j < m; j += Kernels.GRAM_TILE) {
        kernels.gram(x, j, end(j, m), k, end(k, m), g, scratch);
      }
    }
    return g;
  }

  private static int end(int from, int m) {
    return Math.min(from + Kernels.GRAM_TILE, m);
  }
}
