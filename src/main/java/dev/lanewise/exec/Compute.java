// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.exec;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.matrix.FloatMatrix;
import dev.lanewise.matrix.SampleMatrix;
import dev.lanewise.matrix.Workspace;
import dev.lanewise.nn.Layout;

/**
 * The kernels and the pool of threads that compute in this process. Neither changes a bit of a
 * result.
 *
 * <p>Only the thread that made it may use it; this thread is one of the pool. {@link #close} ends
 * the other threads.
 */
public final class Compute implements AutoCloseable {

  private final Kernels kernels;
  private final WorkerPool pool;

  /**
   * Starts the threads.
   *
   * @param kernels the kernels
   * @param threads the number of threads, including the calling one; at least 1
   */
  public Compute(Kernels kernels, int threads) {
    this.kernels = kernels;
    this.pool = new WorkerPool(threads);
  }

  /**
   * Returns the kernels.
   *
   * @return the kernels
   */
  public Kernels kernels() {
    return kernels;
  }

  /**
   * Returns the number of threads.
   *
   * @return at least 1
   */
  public int threads() {
    return pool.size();
  }

  /**
   * Makes an executor over some samples.
   *
   * @param workspace gives the memory of the partial sums
   * @param x X, d x m
   * @return the executor
   */
  public LocalExecutor executor(Workspace workspace, SampleMatrix x) {
    return new LocalExecutor(workspace, kernels, pool, x);
  }

  /**
   * Makes an executor over batches of samples.
   *
   * @param workspace gives the memory of the sums
   * @param x X, d x m
   * @param batchSize the largest number of samples of a batch
   * @param layout of the parameters
   * @return the executor
   */
  public BatchExecutor batches(Workspace workspace, SampleMatrix x, int batchSize, Layout layout) {
    return new BatchExecutor(workspace, kernels, pool, x, batchSize, layout);
  }

  /**
   * Returns some of the threads, for work that is not a block function.
   *
   * @param count how many are wanted
   * @return at least 1, at most {@link #threads()}
   */
  public Workers workers(int count) {
    return new Workers(pool, count);
  }

  /**
   * Computes G = X'X; in a dry run only counts its memory.
   *
   * @param workspace gives the memory of G
   * @param x X, d x m
   * @return G, m x m
   */
  public FloatMatrix gram(Workspace workspace, SampleMatrix x) {
    GramMatrix gram = new GramMatrix(workspace, kernels, pool, x);
    return workspace.isDryRun() ? gram.unmade() : gram.compute();
  }

  /** Ends the threads. */
  @Override
  public void close() {
    pool.close();
  }
}
