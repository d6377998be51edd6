// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.exec;

/**
 * Some of the threads of a {@link Compute}, for work that is cut up by whoever gives it out. Work
 * that shares nothing gives the same bits whoever does it. Allocates nothing once it is made.
 */
public final class Workers {

  /** Work that every worker takes part in. */
  public interface Task {

    /**
     * Does what falls to one worker.
     *
     * @param worker from 0 to {@link Workers#count()} - 1
     */
    void run(int worker);
  }

  private final WorkerPool pool;
  private final int count;
  private final WorkerPool.Task shared = this::runShared;
  private Task task;

  Workers(WorkerPool pool, int count) {
    this.pool = pool;
    this.count = Math.clamp(count, 1, pool.size());
  }

  /**
   * Returns the number of workers.
   *
   * @return at least 1
   */
  public int count() {
    return count;
  }

  /**
   * Runs a task and returns when every worker is done.
   *
   * @param next is run once by each worker; a field, so that nothing is allocated
   */
  public void run(Task next) {
    if (count == 1) {
      next.run(0);
      return;
    }
    task = next;
    pool.run(shared);
  }

  private void runShared(int worker) {
    if (worker < count) {
      task.run(worker);
    }
  }

  /**
   * Returns where the range of a worker begins, if equal steps are shared out evenly. It ends where
   * that of the next worker begins.
   *
   * @param size the end of all ranges
   * @param step ranges begin at multiples of it
   * @param worker from 0 to {@link #count()}
   * @return from 0 to {@code size}
   */
  public int first(int size, int step, int worker) {
    long steps = (size - 1L) / step + 1;
    return (int) Math.min(steps * worker / count * step, size);
  }
}
