package dev.lanewise.pass;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Stage;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * G = X'X, the products of the samples. Rectangles of it share nothing, so that whichever member of
 * a team computes one changes no bit.
 */
public final class GramMatrix {

  private final Kernels kernels;
  private final SampleMatrix x;
  private final FloatMatrix g;
  private final FloatMatrix[] scratch;
  // For the samples j and the samples k of a rectangle.
  private final Stage[] rows;
  private final Stage[] columns;
  private final int tiles;
  private final AtomicInteger next = new AtomicInteger();

  private GramMatrix(Arena arena, Kernels kernels, SampleMatrix x, int members) {
    this.kernels = kernels;
    this.x = x;
    this.g = FloatMatrix.allocate(arena, x.columns(), x.columns());
    this.tiles = (x.columns() - 1) / Kernels.GRAM_TILE + 1;
    // Of the same arena as the rest: the JVM gives up code that meets two kinds of arenas in turn.
    this.scratch = new FloatMatrix[members];
    this.rows = new Stage[members];
    this.columns = new Stage[members];
    for (int member = 0; member < members; member++) {
      rows[member] = Stage.floats(arena, kernels, x, Kernels.GRAM_TILE);
      columns[member] = Stage.floats(arena, kernels, x, Kernels.GRAM_TILE);
      scratch[member] = FloatMatrix.allocate(arena, FloatMatrix.LANES, Kernels.GRAM_SCRATCH);
    }
  }

  /**
   * The memory that G and its making take.
   *
   * @param x X, d x m
   * @param members the size of the team
   * @return the size in bytes
   */
  public static long byteSize(SampleMatrix x, int members) {
    return FloatMatrix.byteSize(x.columns(), x.columns())
        + members
            * (FloatMatrix.byteSize(FloatMatrix.LANES, Kernels.GRAM_SCRATCH)
                + 2 * Stage.byteSize(x, Kernels.GRAM_TILE));
  }

  /**
   * Computes G.
   *
   * @param arena owns the memory of G; shared, if the team has several members
   * @param kernels what computes
   * @param team who computes
   * @param x X, d x m
   * @return G, m x m
   */
  public static FloatMatrix of(Arena arena, Kernels kernels, Team team, SampleMatrix x) {
    GramMatrix gram = new GramMatrix(arena, kernels, x, team.size());
    team.run(gram::rectangles);
    return gram.g;
  }

  // Columns of rectangles as they are free: those further right are shorter.
  private void rectangles(int member) {
    for (int column = next.getAndIncrement(); column < tiles; column = next.getAndIncrement()) {
      int from = from(column);
      int to = to(column);
      FloatMatrix xk = columns[member].columns(from, to);
      kernels.gram(xk, from, to, from, to, g, scratch[member]);
      for (int row = column + 1; row < tiles; row++) {
        FloatMatrix xj = rows[member].columns(from(row), to(row));
        kernels.gram(xj, from(row), to(row), xk, from, to, g, scratch[member]);
      }
    }
    columns[member].settle();
  }

  private static int from(int tile) {
    return tile * Kernels.GRAM_TILE;
  }

  private int to(int tile) {
    return Math.min(from(tile) + Kernels.GRAM_TILE, x.columns());
  }
}
