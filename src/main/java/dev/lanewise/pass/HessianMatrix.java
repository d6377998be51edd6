package dev.lanewise.pass;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Stage;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * H = X D X', summed over the blocks of samples by their tree. Rectangles of it share nothing, so
 * that whichever member of a team computes one changes no bit.
 */
public final class HessianMatrix {

  private final Partition parts;
  private final Team team;
  private final Worker[] workers;
  private final int tile;
  private final int tiles;
  private final AtomicInteger next = new AtomicInteger();

  private FloatMatrix d;
  private int share;
  private double scale;
  private double[][] h;

  /**
   * Room for the making of H.
   *
   * @param arena owns the memory; shared, if the team has several members
   * @param kernels what computes
   * @param team who computes
   * @param x X, d x m
   */
  public HessianMatrix(Arena arena, Kernels kernels, Team team, SampleMatrix x) {
    this.parts = new Partition(kernels, x, team.size());
    this.team = team;
    int lines = x.paddedRows() / FloatMatrix.LANES;
    int most = (x.paddedRows() - 1) / Kernels.OUTER_TILE + 1;
    this.tile = ((lines - 1) / most + 1) * FloatMatrix.LANES;
    this.tiles = (x.paddedRows() - 1) / tile + 1;
    this.workers = new Worker[team.size()];
    for (int member = 0; member < workers.length; member++) {
      workers[member] = new Worker(arena);
    }
  }

  /**
   * The memory that it takes.
   *
   * @param x X, d x m
   * @param members the size of the team
   * @return the size in bytes
   */
  public static long byteSize(SampleMatrix x, int members) {
    long depth = BlockTree.depth(BlockTree.blocks(x.columns()));
    return members
        * (depth * FloatMatrix.byteSize(x.rows(), Kernels.OUTER_TILE)
            + FloatMatrix.byteSize(FloatMatrix.LANES, Kernels.OUTER_SCRATCH)
            + Stage.byteSize(x));
  }

  /**
   * Computes H of a part of the samples.
   *
   * @param diagonal D, m x 1
   * @param ofEach one sample in so many, as in {@link Pass#run(Step, int)}
   * @param factor every element is multiplied with it
   * @param result column k receives its rows from k on
   */
  public void compute(FloatMatrix diagonal, int ofEach, double factor, double[][] result) {
    d = diagonal;
    share = ofEach;
    scale = factor;
    h = result;
    next.set(0);
    team.run(member -> workers[member].rectangles());
  }

  private final class Worker {

    // As in a pass: a left branch in the place of its parent, a right branch in that of its level.
    private final FloatMatrix[] levels;
    private final FloatMatrix scratch;
    private final Stage stage;

    private int fromRow;
    private int toRow;
    private int fromColumn;
    private int toColumn;

    Worker(Arena arena) {
      int features = parts.features();
      levels = new FloatMatrix[BlockTree.depth(parts.blocks())];
      for (int level = 0; level < levels.length; level++) {
        levels[level] = FloatMatrix.allocate(arena, features, Math.min(tile, features));
      }
      scratch = FloatMatrix.allocate(arena, FloatMatrix.LANES, Kernels.OUTER_SCRATCH);
      stage = Stage.floats(arena, parts.kernels(), parts.x());
    }

    void rectangles() {
      int all = tiles * (tiles + 1) / 2;
      for (int i = next.getAndIncrement(); i < all; i = next.getAndIncrement()) {
        int column = 0;
        int row = i;
        for (; row >= tiles - column; column++) {
          row -= tiles - column;
        }
        rectangle(column + row, column);
      }
      stage.settle();
    }

    private void rectangle(int row, int column) {
      fromRow = row * tile;
      toRow = Math.min(fromRow + tile, parts.x().paddedRows());
      fromColumn = column * tile;
      toColumn = Math.min(fromColumn + tile, parts.features());
      for (FloatMatrix level : levels) {
        level.moveTo(fromColumn);
      }
      sum(0, parts.blocks(), 0);
      copy();
    }

    private void sum(int first, int blocks, int level) {
      if (blocks == 1) {
        block(first, levels[level]);
        return;
      }
      int left = BlockTree.left(blocks);
      sum(first, left, level);
      sum(first + left, blocks - left, level + 1);
      parts.kernels().add(levels[level], levels[level + 1], fromRow, toRow, fromColumn, toColumn);
    }

    private void block(int block, FloatMatrix sum) {
      for (int k = fromColumn; k < toColumn; k++) {
        sum.segment()
            .asSlice(
                sum.columnOffset(k) + (long) fromRow * Float.BYTES,
                (long) (toRow - fromRow) * Float.BYTES)
            .fill((byte) 0);
      }
      int to = parts.to(block, share);
      for (int j = parts.from(block), end; j < to; j = end) {
        end = Math.min(to - j, stage.width()) + j;
        FloatMatrix columns = stage.columns(j, end);
        parts
            .kernels()
            .outer(columns, j, end, d, fromRow, toRow, fromColumn, toColumn, sum, scratch);
      }
    }

    private void copy() {
      MemorySegment sum = levels[0].segment();
      int end = Math.min(toRow, parts.features());
      for (int k = fromColumn; k < toColumn; k++) {
        long offset = levels[0].columnOffset(k);
        double[] column = h[k];
        for (int i = Math.max(fromRow, k); i < end; i++) {
          column[i] = scale * sum.get(JAVA_FLOAT, offset + (long) i * Float.BYTES);
        }
      }
    }
  }
}
