// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.exec;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.Stage;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Layout;
import dev.lanewise.reduce.Partial;
import dev.lanewise.reduce.PartialShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Evaluates block functions on the threads of this process. X is read once for each function. The
 * memory of the sums is allocated for each shape once; after that {@link #run} and {@link #weights}
 * allocate nothing.
 */
public final class LocalExecutor implements Executor {

  /** Distributes the work of a function over the workers; every way gives the same bits. */
  interface Sharing {

    /** The shape of the partials that the workers use. */
    PartialShape shape();

    /**
     * Evaluates a function on one sample in {@code fraction}; the result is valid until the next
     * call.
     */
    Partial run(BlockFunction function, int fraction);
  }

  private final Workspace workspace;
  private final WorkerPool pool;
  private final Partition partition;
  private final List<Sharing> sharings = new ArrayList<>();

  /** A stage for each worker, by the size of the elements that they give. */
  private final Map<Integer, Stage[]> stages = new HashMap<>();

  private final WorkerPool.Task weights = this::weights;
  private WeightTask weightTask;
  private int lines;

  private final WorkerPool.Task preparation = this::prepare;
  private BlockFunction prepared;

  LocalExecutor(Workspace workspace, Kernels kernels, WorkerPool pool, SampleMatrix x) {
    this.workspace = workspace;
    this.pool = pool;
    this.partition = new Partition(kernels, x, pool.size());
  }

  @Override
  public void reserve(PartialShape shape) {
    sharing(shape);
  }

  private Sharing sharing(PartialShape shape) {
    for (int i = 0; i < sharings.size(); i++) {
      if (sharings.get(i).shape().equals(shape)) {
        return sharings.get(i);
      }
    }
    Stage[] ofWorkers = stages(shape.outputs());
    Sharing sharing =
        hasFewBlocks()
            ? new SharedBlocks(workspace, partition, pool, shape, ofWorkers)
            : new SharedSubtrees(workspace, partition, pool, shape, ofWorkers);
    sharings.add(sharing);
    return sharing;
  }

  // One function is evaluated at a time, so functions that read the same kind of elements share
  // stages.
  private Stage[] stages(int outputs) {
    return stages.computeIfAbsent(
        Stage.elementBytes(partition.x(), outputs), bytes -> partition.stages(workspace, outputs));
  }

  // Fewer blocks cannot be divided evenly among the workers.
  private boolean hasFewBlocks() {
    return pool.size() > 1 && partition.blocks() < 2 * pool.size();
  }

  @Override
  public Partial run(BlockFunction function, int fraction) {
    if (function.preparedUnits() > 0) {
      prepared = function;
      pool.run(preparation);
    }
    return sharing(function.shape()).run(function, fraction);
  }

  private void prepare(int worker) {
    int from = RowRanges.evenRows(prepared.preparedUnits(), worker, pool.size());
    int to = RowRanges.evenRows(prepared.preparedUnits(), worker + 1, pool.size());
    if (from < to) {
      prepared.prepare(from, to);
    }
  }

  @Override
  public void weights(Layout layout, WeightTask task) {
    weightTask = task;
    lines = layout.lines();
    pool.run(weights);
  }

  private void weights(int worker) {
    int from = RowRanges.even(lines, worker, pool.size());
    int to = RowRanges.even(lines, worker + 1, pool.size());
    if (from < to) {
      weightTask.run(from, to);
    }
  }

  @Override
  public void each(int count, IntConsumer task) {
    AtomicInteger next = new AtomicInteger();
    pool.run(
        worker -> {
          for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            task.accept(i);
          }
        });
  }

  /**
   * Prepares the second derivative of a cost by few parameters.
   *
   * @param centre what is taken from each feature, in double and rounded once
   * @return what computes it
   */
  public HessianMatrix hessian(double[] centre) {
    return new HessianMatrix(workspace, partition, pool, centre);
  }

  /**
   * Returns what gives the memory of the run.
   *
   * @return the workspace
   */
  public Workspace workspace() {
    return workspace;
  }
}
