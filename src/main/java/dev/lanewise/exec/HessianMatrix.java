// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.exec;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.lanewise.kernel.Stage;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.reduce.BlockTree;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Computes H = X D X', with the features about a centre, of a subset of the samples, summed over
 * blocks by their tree. Rectangles of H are independent of each other, so it changes no bit which
 * worker computes one.
 *
 * <p>The samples of a subset are copied once, side by side, as floats about a centre, because each
 * rectangle reads all of them.
 */
public final class HessianMatrix {

  /** A subset with this many samples for each feature represents all samples well enough. */
  private static final int MOST_FOR_A_FEATURE = 64;

  /**
   * The number of subsets: one sample in 256, 64, 16 and 4, and the subset of a preconditioner of
   * all samples.
   */
  private static final long MOST_SUBSETS = 5;

  /** Rows, and columns, of H that a worker sums at once: the sums stay in a cache. */
  private static final int MOST_SIDE = 192;

  private final Workspace workspace;
  private final Partition partition;
  private final WorkerPool pool;
  private final double[] centre;
  private final Worker[] workers;
  private final int tile;
  private final int tiles;
  private final AtomicInteger next = new AtomicInteger();

  /** The samples of a subset, copied together, and room for their diagonal. */
  private record Gathered(FloatMatrix samples, FloatMatrix diagonal) {}

  /** The subsets that were used so far, by their fraction. */
  private final Map<Integer, Gathered> subsets = new HashMap<>();

  private FloatMatrix samples;
  private FloatMatrix d;
  private double scale;
  private double[][] h;

  HessianMatrix(Workspace workspace, Partition partition, WorkerPool pool, double[] centre) {
    this.centre = centre;
    this.workspace = workspace;
    this.partition = partition;
    this.pool = pool;
    int paddedRows = partition.x().paddedRows();
    int lines = paddedRows / FloatMatrix.LANES;
    int most = (paddedRows - 1) / MOST_SIDE + 1;
    this.tile = ((lines - 1) / most + 1) * FloatMatrix.LANES;
    this.tiles = (paddedRows - 1) / tile + 1;
    this.workers = new Worker[pool.size()];
    for (int worker = 0; worker < workers.length; worker++) {
      workers[worker] = new Worker();
    }
    if (workspace.isDryRun()) {
      workspace.count(mostBytes(partition.samples(), centre.length));
    }
  }

  // Each subset but the last is four times as large as the one before. So all together have less
  // than one and a half times the samples of the last, plus a few for blocks that are not full.
  private static long mostBytes(long samples, int features) {
    long last =
        Math.max(
            samples / BlockTree.BLOCK, Math.min(samples, MOST_FOR_A_FEATURE * (long) features));
    long columns = Math.min(MOST_SUBSETS * samples, 3 * last / 2 + 3L * BlockTree.BLOCK / 2);
    long padding = MOST_SUBSETS * FloatMatrix.ALIGNMENT;
    return columns * (FloatMatrix.byteSize(features, 1) + Float.BYTES) + padding;
  }

  /**
   * Computes H of a subset of the samples.
   *
   * @param diagonal D, m x 1
   * @param ofEach n, to use one sample in n, as in {@link Executor#run(BlockFunction, int)}
   * @param factor every element is multiplied with it
   * @param result column k receives its rows from k on
   */
  public void compute(FloatMatrix diagonal, int ofEach, double factor, double[][] result) {
    Gathered subset = subsets.computeIfAbsent(ofEach, this::gather);
    samples = subset.samples();
    d = subset.diagonal();
    gather(diagonal, ofEach);
    scale = factor;
    h = result;
    next.set(0);
    pool.run(worker -> workers[worker].rectangles());
  }

  private Gathered gather(int fraction) {
    int size = BlockTree.subsetSize(partition.samples(), fraction);
    FloatMatrix subset = workspace.floats(partition.features(), size);
    next.set(0);
    pool.run(worker -> workers[worker].gather(subset, fraction));
    return new Gathered(subset, workspace.floats(size, 1));
  }

  private void gather(FloatMatrix diagonal, int fraction) {
    for (int block = 0, k = 0; block < partition.blocks(); block++) {
      for (int j = partition.from(block); j < partition.to(block, fraction); j++, k++) {
        d.set(k, 0, diagonal.get(j, 0));
      }
    }
  }

  private final class Worker {

    // A left branch is summed in the matrix of its parent, a right branch in that of its level.
    private final FloatMatrix[] levels;
    private final FloatMatrix scratch;
    private final Stage stage;

    private int fromRow;
    private int toRow;
    private int fromColumn;
    private int toColumn;

    Worker() {
      int features = partition.features();
      levels = new FloatMatrix[BlockTree.depth(partition.blocks())];
      for (int level = 0; level < levels.length; level++) {
        levels[level] = workspace.floats(features, Math.min(tile, features));
      }
      scratch = partition.kernels().outerScratch(workspace);
      stage = Stage.floats(workspace, partition.kernels(), partition.x());
    }

    /** Copies the subset, block by block. */
    void gather(FloatMatrix subset, int fraction) {
      int ofBlock = BlockTree.BLOCK / fraction;
      for (int b = next.getAndIncrement(); b < partition.blocks(); b = next.getAndIncrement()) {
        int to = partition.to(b, fraction);
        for (int j = partition.from(b), end; j < to; j = end) {
          end = Math.min(to - j, stage.width()) + j;
          FloatMatrix columns = stage.columns(j, end);
          for (int column = j; column < end; column++) {
            copy(columns, column, subset, b * ofBlock + column - partition.from(b));
          }
        }
      }
      stage.settle();
    }

    private void copy(FloatMatrix from, int sample, FloatMatrix to, int place) {
      long source = from.columnOffset(sample);
      long target = to.columnOffset(place);
      for (int i = 0; i < centre.length; i++) {
        long row = (long) i * Float.BYTES;
        double element = from.segment().get(JAVA_FLOAT, source + row);
        to.segment().set(JAVA_FLOAT, target + row, (float) (element - centre[i]));
      }
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
    }

    private void rectangle(int row, int column) {
      fromRow = row * tile;
      toRow = Math.min(fromRow + tile, partition.x().paddedRows());
      fromColumn = column * tile;
      toColumn = Math.min(fromColumn + tile, partition.features());
      for (FloatMatrix level : levels) {
        level.moveTo(fromColumn);
      }
      sum(0, BlockTree.blocks(samples.columns()), 0);
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
      partition
          .kernels()
          .add(levels[level], levels[level + 1], fromRow, toRow, fromColumn, toColumn);
    }

    private void block(int block, FloatMatrix sum) {
      for (int k = fromColumn; k < toColumn; k++) {
        sum.segment()
            .asSlice(
                sum.columnOffset(k) + (long) fromRow * Float.BYTES,
                (long) (toRow - fromRow) * Float.BYTES)
            .fill((byte) 0);
      }
      int from = block * BlockTree.BLOCK;
      int to = BlockTree.end(block, samples.columns());
      partition
          .kernels()
          .outer(samples, from, to, d, fromRow, toRow, fromColumn, toColumn, sum, scratch);
    }

    private void copy() {
      MemorySegment sum = levels[0].segment();
      int end = Math.min(toRow, partition.features());
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
