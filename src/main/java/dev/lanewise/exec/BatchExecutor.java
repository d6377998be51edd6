// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.exec;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Layout;
import dev.lanewise.reduce.Partial;
import dev.lanewise.reduce.PartialShape;

/**
 * Evaluates block functions on batches: samples from anywhere, in a given order, as one block of
 * any size without a tree. To a function the samples of a batch have the numbers 0, 1, 2 and so on.
 *
 * <p>Where a batch has work for several threads, they share its samples in the forward phase and
 * the features in the backward phase: the chains are the same. Allocates nothing once it is made.
 */
public final class BatchExecutor {

  // Multiply-adds of one phase: tens of microseconds, where waking a thread takes about one.
  private static final long WORK_OF_A_THREAD = 1 << 17;

  // So many bytes of samples stay in the second-level cache until they have been used.
  private static final int PANEL_BYTES = 192 * 1024;

  // The products of a layer read and write its gradient once a panel, so that panels are larger.
  private static final int PANEL_BYTES_OF_NETWORK = 1024 * 1024;

  private final Workspace workspace;
  private final Kernels kernels;
  private final WorkerPool pool;
  private final int workers;
  private final Panel panel;
  private final RowRanges ranges;
  private final int lines;

  private final WorkerPool.Task forward = this::forward;
  private final WorkerPool.Task backward = this::backward;
  private final WorkerPool.Task weights = this::weights;
  private final WorkerPool.Task preparation = this::prepare;

  private BlockFunction function;
  private Partial sum;
  private Executor.WeightTask weightTask;
  private int[] order;
  private int offset;
  // What the panel holds of the batch.
  private int from;
  private int to;

  BatchExecutor(
      Workspace workspace,
      Kernels kernels,
      WorkerPool pool,
      SampleMatrix x,
      int batchSize,
      Layout layout) {
    this.workspace = workspace;
    this.kernels = kernels;
    this.pool = pool;
    this.workers = Math.clamp(layout.weights() * batchSize / WORK_OF_A_THREAD, 1, pool.size());
    int bytes = layout.layers().size() > 1 ? PANEL_BYTES_OF_NETWORK : PANEL_BYTES;
    this.panel = new Panel(workspace, kernels, x, batchSize, workers, bytes);
    this.ranges = new RowRanges(PartialShape.gradient(layout, 0), workers);
    this.lines = layout.lines();
  }

  /**
   * Allocates the sums of a function.
   *
   * @param shape of the function
   * @return for {@link #run}
   */
  public Partial partial(PartialShape shape) {
    return new Partial(workspace, kernels, shape);
  }

  /**
   * Evaluates a function on a batch.
   *
   * @param batched what is summed
   * @param numbers of samples of X
   * @param first where in {@code numbers} the batch begins
   * @param samples how many samples the batch has, at most as many as the executor was made for
   * @param result receives the sums
   */
  public void run(BlockFunction batched, int[] numbers, int first, int samples, Partial result) {
    function = batched;
    sum = result;
    order = numbers;
    offset = first;
    sum.clear();
    if (function.preparedUnits() > 0) {
      share(preparation);
    }
    for (from = 0; from < samples; from = to) {
      to = Math.min(samples, from + panel.width());
      panel.moveTo(from);
      share(forward);
      if (result.shape().hasFeatures()) {
        share(backward);
      }
    }
    function.finish(0, samples, sum);
  }

  /**
   * Does something for all weights of the layout, perhaps for several ranges at once.
   *
   * @param task is given ranges that share nothing and together are all lines
   */
  public void weights(Executor.WeightTask task) {
    weightTask = task;
    share(weights);
  }

  private void share(WorkerPool.Task task) {
    if (workers == 1) {
      task.run(0);
    } else {
      pool.run(task);
    }
  }

  private void prepare(int worker) {
    if (worker < workers) {
      int first = RowRanges.evenRows(function.preparedUnits(), worker, workers);
      int last = RowRanges.evenRows(function.preparedUnits(), worker + 1, workers);
      if (first < last) {
        function.prepare(first, last);
      }
    }
  }

  private void forward(int worker) {
    if (worker >= workers) {
      return;
    }
    int begin = from + (to - from) * worker / workers;
    int end = from + (to - from) * (worker + 1) / workers;
    if (begin < end) {
      panel.gather(worker, order, offset, begin, end);
      function.forward(panel.columns(), begin, end);
    }
  }

  private void backward(int worker) {
    if (worker < workers && ranges.first(worker) < ranges.first(worker + 1)) {
      function.backward(
          panel.columns(), from, to, ranges.first(worker), ranges.first(worker + 1), sum);
    }
  }

  private void weights(int worker) {
    int first = RowRanges.even(lines, worker, workers);
    int last = RowRanges.even(lines, worker + 1, workers);
    if (worker < workers && first < last) {
      weightTask.run(first, last);
    }
  }
}
