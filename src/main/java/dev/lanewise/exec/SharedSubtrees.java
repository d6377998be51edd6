// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.exec;

import dev.lanewise.kernel.Stage;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.reduce.BlockTree;
import dev.lanewise.reduce.Partial;
import dev.lanewise.reduce.PartialShape;
import dev.lanewise.reduce.ReductionPlan;

/**
 * Divides complete subtrees of blocks among the threads. Within a block, the forward pass and the
 * gradient of a group of samples are computed while its columns are in the cache, so that X is read
 * from memory once.
 */
final class SharedSubtrees implements LocalExecutor.Sharing {

  // The columns of a group should stay in the first-level cache between forward and gradient; if
  // eight columns exceed it, in the second-level cache. Grouping changes no bit: within a block the
  // order of
  // the samples is the same.
  private static final int GROUP_BYTES = 24 * 1024;
  private static final int GROUP_STEP = 8;

  // With several outputs, each column that is read is used several times, so the second-level cache
  // is fast enough, and the functions of the outputs work on longer vectors.
  private static final int GROUP_BYTES_OF_MANY = 192 * 1024;
  private static final int GROUP_STEP_OF_MANY = 16;

  // The products of a layer read and write its gradient once a group, so that groups are larger.
  private static final int GROUP_BYTES_OF_NETWORK = 448 * 1024;

  private final Partition partition;
  private final WorkerPool pool;
  private final PartialShape shape;
  private final RowRanges rows;
  private final ReductionPlan plan;
  private final Stage[] stages;
  private final int group;

  private final Partial[] slots;
  // The sum of a left branch is formed in the partial of its parent, that of a right branch in the
  // partial of its level.
  private final Partial[][] scratch;

  private final WorkerPool.Task subtrees = this::sumSubtrees;
  private final WorkerPool.Task additions = this::addRows;
  private BlockFunction function;
  private int fraction;

  SharedSubtrees(
      Workspace workspace,
      Partition partition,
      WorkerPool pool,
      PartialShape shape,
      Stage[] stages) {
    this.partition = partition;
    this.pool = pool;
    this.shape = shape;
    this.rows = new RowRanges(shape, pool.size());
    this.plan = ReductionPlan.even(partition.blocks(), pool.size());
    this.slots = partials(workspace, plan.slots());
    this.scratch = new Partial[pool.size()][];
    for (int worker = 0; worker < scratch.length; worker++) {
      scratch[worker] = partials(workspace, levels(worker));
    }
    this.stages = stages;
    int columns = shape.outputs();
    long columnBytes =
        (long) partition.x().paddedRows() * Stage.elementBytes(partition.x(), columns);
    int step = columns == 1 ? GROUP_STEP : GROUP_STEP_OF_MANY;
    int most =
        columns == 1
            ? GROUP_BYTES
            : shape.isNetwork() ? GROUP_BYTES_OF_NETWORK : GROUP_BYTES_OF_MANY;
    int fitting = (int) (most / columnBytes) / step * step;
    this.group = Math.min(Math.clamp(fitting, step, BlockTree.BLOCK), stages[0].width());
  }

  private Partial[] partials(Workspace workspace, int count) {
    Partial[] partials = new Partial[count];
    for (int i = 0; i < count; i++) {
      partials[i] = new Partial(workspace, partition.kernels(), shape);
    }
    return partials;
  }

  private int levels(int worker) {
    return plan.leaves(worker).stream()
        .mapToInt(leaf -> BlockTree.depth(leaf.subtree().blocks()) - 1)
        .max()
        .orElse(0);
  }

  @Override
  public PartialShape shape() {
    return shape;
  }

  @Override
  public Partial run(BlockFunction next, int ofEach) {
    function = next;
    fraction = ofEach;
    pool.run(subtrees);
    for (int i = 0; i < plan.additions().size(); i++) {
      ReductionPlan.Addition addition = plan.additions().get(i);
      slots[addition.left()].addNumbers(slots[addition.right()]);
    }
    if (shape.hasFeatures() && !plan.additions().isEmpty()) {
      pool.run(additions);
    }
    return slots[0];
  }

  private void sumSubtrees(int worker) {
    for (int i = 0; i < plan.leaves(worker).size(); i++) {
      ReductionPlan.Leaf leaf = plan.leaves(worker).get(i);
      BlockTree.Subtree subtree = leaf.subtree();
      sum(subtree.first(), subtree.blocks(), slots[leaf.slot()], worker, 0);
    }
    stages[worker].settle();
  }

  /** Sums a node, left + right. */
  private void sum(int first, int blocks, Partial sum, int worker, int level) {
    if (blocks == 1) {
      block(first, sum, stages[worker]);
      return;
    }
    int left = BlockTree.left(blocks);
    sum(first, left, sum, worker, level);
    Partial right = scratch[worker][level];
    sum(first + left, blocks - left, right, worker, level + 1);
    sum.add(right);
  }

  private void block(int block, Partial sum, Stage stage) {
    int from = partition.from(block);
    int to = partition.to(block, fraction);
    sum.clear();
    for (int j = from; j < to; j += group) {
      int end = Math.min(to, j + group);
      SampleMatrix columns = stage.samples(j, end);
      function.forward(columns, j, end);
      if (shape.hasFeatures()) {
        function.backward(columns, j, end, 0, shape.rows(), sum);
      }
    }
    function.finish(from, to, sum);
  }

  // The nodes above the subtrees: each feature is a sum of its own.
  private void addRows(int worker) {
    int from = rows.first(worker);
    int to = rows.first(worker + 1);
    for (int i = 0; i < plan.additions().size() && from < to; i++) {
      ReductionPlan.Addition addition = plan.additions().get(i);
      slots[addition.left()].add(slots[addition.right()], from, to);
    }
  }
}
