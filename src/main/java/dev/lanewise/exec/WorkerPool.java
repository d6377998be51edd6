// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.exec;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that stay alive between tasks and run each task together.
 *
 * <p>A task may last a few microseconds only, so workers spin for a while before they sleep. The
 * thread that made the pool is its worker 0.
 */
final class WorkerPool implements AutoCloseable {

  /** Work that every worker takes part in. */
  interface Task {
    /**
     * Does what falls to one worker.
     *
     * @param worker from 0 to the size of the pool, less 1
     */
    void run(int worker);
  }

  // Some tens of microseconds: longer than the serial part of an iteration.
  private static final int SPINS = 4000;

  private final Worker[] workers;
  private final int spins;
  private final AtomicInteger pending = new AtomicInteger();
  private final Thread owner = Thread.currentThread();

  private Task task;
  private volatile int round;
  private volatile boolean ownerSleeps;
  private volatile boolean closed;
  private volatile Throwable failure;

  /**
   * A pool of this thread and others.
   *
   * @param size how many workers, at least 1
   */
  WorkerPool(int size) {
    // With more workers than processors, spinning keeps others from working.
    spins = size <= Runtime.getRuntime().availableProcessors() ? SPINS : 0;
    workers = new Worker[size - 1];
    for (int i = 0; i < workers.length; i++) {
      workers[i] = new Worker(i + 1);
      workers[i].start();
    }
  }

  /** The number of workers, at least 1. */
  int size() {
    return workers.length + 1;
  }

  /**
   * Runs a task and returns when every worker is done. Throws what one of them threw; if several
   * did, what this thread threw, if it did.
   */
  void run(Task next) {
    if (workers.length == 0) {
      next.run(0);
      return;
    }
    task = next;
    failure = null;
    pending.set(workers.length);
    // A volatile write: whoever sees the new round sees the task.
    round = round + 1;
    for (Worker worker : workers) {
      worker.wake();
    }
    try {
      next.run(0);
    } finally {
      awaitWorkers();
    }
    rethrow();
  }

  private void rethrow() {
    Throwable thrown = failure;
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown != null) {
      throw (RuntimeException) thrown;
    }
  }

  private void awaitWorkers() {
    for (int i = 0; i < spins && pending.get() > 0; i++) {
      Thread.onSpinWait();
    }
    if (pending.get() > 0) {
      ownerSleeps = true;
      while (pending.get() > 0) {
        LockSupport.park(this);
      }
      ownerSleeps = false;
    }
  }

  /** Ends the threads. */
  @Override
  public void close() {
    closed = true;
    round = round + 1;
    for (Worker worker : workers) {
      worker.wake();
    }
    for (Worker worker : workers) {
      join(worker);
    }
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Worker extends Thread {

    private final int number;
    private volatile boolean sleeps;

    Worker(int number) {
      super("lanewise-" + number);
      this.number = number;
      setDaemon(true);
    }

    void wake() {
      if (sleeps) {
        LockSupport.unpark(this);
      }
    }

    @Override
    public void run() {
      int seen = 0;
      while (true) {
        seen = awaitRound(seen);
        if (closed) {
          return;
        }
        try {
          task.run(number);
        } catch (RuntimeException | Error e) {
          failure = e;
        } finally {
          done();
        }
      }
    }

    private int awaitRound(int seen) {
      for (int i = 0; i < spins && round == seen; i++) {
        Thread.onSpinWait();
      }
      if (round == seen) {
        sleeps = true;
        while (round == seen) {
          LockSupport.park(WorkerPool.this);
        }
        sleeps = false;
      }
      return round;
    }

    private void done() {
      if (pending.decrementAndGet() == 0 && ownerSleeps) {
        LockSupport.unpark(owner);
      }
    }
  }
}
