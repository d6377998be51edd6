// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.exec;

import dev.lanewise.kernel.Stage;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.reduce.BlockTree;
import dev.lanewise.reduce.Partial;
import dev.lanewise.reduce.PartialShape;

/**
 * Shares out the inside of the blocks, where there are too few of them to be shared out themselves:
 * first the samples of the forward phase, then the features of the backward phase. Worker 0 sums
 * the numbers.
 */
final class SharedBlocks implements LocalExecutor.Sharing {

  // Kernels compute this many columns at once; ranges of samples are multiples of it.
  private static final int STEP = 8;

  private final Partition partition;
  private final WorkerPool pool;
  private final PartialShape shape;
  private final RowRanges rows;
  // A left branch is summed in the partial of its parent, a right branch in that of the next level.
  private final Partial[] levels;
  private final Stage[] stages;

  private final WorkerPool.Task samples = this::forward;
  private final WorkerPool.Task features = this::backward;
  private BlockFunction function;
  private int fraction;

  SharedBlocks(
      Workspace workspace,
      Partition partition,
      WorkerPool pool,
      PartialShape shape,
      Stage[] stages) {
    this.partition = partition;
    this.pool = pool;
    this.shape = shape;
    this.rows = new RowRanges(shape, pool.size());
    this.levels = new Partial[BlockTree.depth(partition.blocks())];
    for (int level = 0; level < levels.length; level++) {
      levels[level] = new Partial(workspace, partition.kernels(), shape);
    }
    this.stages = stages;
  }

  @Override
  public PartialShape shape() {
    return shape;
  }

  @Override
  public Partial run(BlockFunction next, int ofEach) {
    function = next;
    fraction = ofEach;
    pool.run(samples);
    pool.run(features);
    return levels[0];
  }

  private void forward(int worker) {
    Stage stage = stages[worker];
    int first = firstSample(worker);
    int last = firstSample(worker + 1);
    for (int block = first / BlockTree.BLOCK; block < partition.blocks(); block++) {
      int to = Math.min(last, partition.to(block, fraction));
      for (int j = Math.max(first, partition.from(block)), end; j < to; j = end) {
        end = Math.min(to - j, stage.width()) + j;
        function.forward(stage.samples(j, end), j, end);
      }
    }
    stage.settle();
  }

  private int firstSample(int worker) {
    int steps = (partition.samples() - 1) / STEP + 1;
    return (int) Math.min((long) steps * worker / pool.size() * STEP, partition.samples());
  }

  private void backward(int worker) {
    int from = rows.first(worker);
    int to = rows.first(worker + 1);
    if (shape.hasFeatures() && from < to) {
      sum(0, partition.blocks(), 0, from, to, stages[worker]);
      stages[worker].settle();
    }
    if (worker == 0) {
      sumNumbers(0, partition.blocks(), 0);
    }
  }

  /** Sums a node, left + right, for some features. */
  private void sum(int first, int blocks, int level, int fromRow, int toRow, Stage stage) {
    Partial sum = levels[level];
    if (blocks == 1) {
      block(first, sum, fromRow, toRow, stage);
      return;
    }
    int left = BlockTree.left(blocks);
    sum(first, left, level, fromRow, toRow, stage);
    sum(first + left, blocks - left, level + 1, fromRow, toRow, stage);
    sum.add(levels[level + 1], fromRow, toRow);
  }

  private void block(int block, Partial sum, int fromRow, int toRow, Stage stage) {
    sum.clear(fromRow, toRow);
    int to = partition.to(block, fraction);
    for (int j = partition.from(block), end; j < to; j = end) {
      end = Math.min(to - j, stage.width()) + j;
      // Rows beyond the features are those of layers that do not read the samples.
      int features = partition.x().paddedRows();
      SampleMatrix columns =
          fromRow < features
              ? stage.samples(j, end, fromRow, Math.min(toRow, features))
              : partition.x();
      function.backward(columns, j, end, fromRow, toRow, sum);
    }
  }

  private void sumNumbers(int first, int blocks, int level) {
    Partial sum = levels[level];
    if (blocks == 1) {
      sum.clearNumbers();
      function.finish(partition.from(first), partition.to(first, fraction), sum);
      return;
    }
    int left = BlockTree.left(blocks);
    sumNumbers(first, left, level);
    sumNumbers(first + left, blocks - left, level + 1);
    sum.addNumbers(levels[level + 1]);
  }
}
