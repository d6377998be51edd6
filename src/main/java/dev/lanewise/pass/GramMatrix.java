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
  private final FloatMatrix[] lanes;
  // For the samples j and the samples k of a rectangle.
  private final Stage[] rows;
  private final Stage[] columns;
  private final int tiles;
  private final AtomicInteger next = new AtomicInteger();

  private GramMatrix(Arena arena, Kernels kernels, SampleMatrix x, int members) {
    this.kernels = kernels;
    this.x = x;
    this.g = FloatMatrix.allocate(arena, x.columns(), x.columns());
    this.tiles = (x.columns() - 1) / Kernels.GRAM_SIDE + 1;
    // Of the same arena as the rest: the JVM gives up code that meets two kinds of arenas in turn.
    this.lanes = new FloatMatrix[members];
    this.rows = new Stage[members];
    this.columns = new Stage[members];
    for (int member = 0; member < members; member++) {
      rows[member] = Stage.sections(arena, kernels, x, Kernels.GRAM_SECTION, Kernels.GRAM_SIDE);
      columns[member] = Stage.sections(arena, kernels, x, Kernels.GRAM_SECTION, Kernels.GRAM_SIDE);
      lanes[member] = kernels.gramScratch(arena);
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
            * (Kernels.MOST_SCRATCH_BYTES
                + 2 * Stage.byteSize(x, Kernels.GRAM_SECTION, Kernels.GRAM_SIDE));
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
      for (int row = column; row < tiles; row++) {
        rectangle(row, column, rows[member], columns[member], lanes[member]);
      }
    }
    columns[member].settle();
  }

  // Section by section, so that what a stage copies is still in the second-level cache.
  private void rectangle(int row, int column, Stage ofRows, Stage ofColumns, FloatMatrix sums) {
    int rowFrom = from(row);
    int rowTo = to(row);
    int columnFrom = from(column);
    int columnTo = to(column);
    sums.clear();
    for (int from = 0, to; from < x.paddedRows(); from = to) {
      to = Math.min(x.paddedRows() - from, ofColumns.height()) + from;
      FloatMatrix xk = ofColumns.columns(columnFrom, columnTo, from, to);
      FloatMatrix xj = row == column ? xk : ofRows.columns(rowFrom, rowTo, from, to);
      kernels.gram(xj, rowFrom, rowTo, xk, columnFrom, columnTo, from, to, sums);
    }
    kernels.fold(rowFrom, rowTo, columnFrom, columnTo, sums, g);
  }

  private static int from(int tile) {
    return tile * Kernels.GRAM_SIDE;
  }

  private int to(int tile) {
    return Math.min(from(tile) + Kernels.GRAM_SIDE, x.columns());
  }
}
