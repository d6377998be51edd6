package dev.lanewise.train;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * G = X'X, the products of the samples. Rectangles of it share nothing, so that whichever member of
 * a team computes one changes no bit.
 */
final class GramMatrix {

  private final Kernels kernels;
  private final FloatMatrix x;
  private final FloatMatrix g;
  private final FloatMatrix[] scratch;
  private final int tiles;
  private final AtomicInteger next = new AtomicInteger();

  private GramMatrix(Arena arena, Kernels kernels, FloatMatrix x, int members) {
    this.kernels = kernels;
    this.x = x;
    this.g = FloatMatrix.allocate(arena, x.columns(), x.columns());
    this.tiles = (x.columns() - 1) / Kernels.GRAM_TILE + 1;
    // Of the same arena as the rest: the JVM gives up code that meets two kinds of arenas in turn.
    this.scratch = new FloatMatrix[members];
    for (int member = 0; member < members; member++) {
      scratch[member] = FloatMatrix.allocate(arena, FloatMatrix.LANES, Kernels.GRAM_SCRATCH);
    }
  }

  static FloatMatrix of(Arena arena, Kernels kernels, Team team, FloatMatrix x) {
    GramMatrix gram = new GramMatrix(arena, kernels, x, team.size());
    team.run(gram::rectangles);
    return gram.g;
  }

  // Columns of rectangles as they are free: those further right are shorter.
  private void rectangles(int member) {
    for (int column = next.getAndIncrement(); column < tiles; column = next.getAndIncrement()) {
      for (int row = column; row < tiles; row++) {
        kernels.gram(x, from(row), to(row), from(column), to(column), g, scratch[member]);
      }
    }
  }

  private static int from(int tile) {
    return tile * Kernels.GRAM_TILE;
  }

  private int to(int tile) {
    return Math.min(from(tile) + Kernels.GRAM_TILE, x.columns());
  }
}
