package dev.lanewise.pass;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that stay alive between tasks and carry each out together.
 *
 * <p>A task may last a few microseconds only, so members wait for the next one awake for a while
 * before they sleep. The thread that made the team is its member 0.
 */
public final class Team implements AutoCloseable {

  /** Something that each member does its part of. */
  public interface Task {
    /**
     * Does a member's part.
     *
     * @param member from 0 to the size of the team, less 1
     */
    void run(int member);
  }

  // Some tens of microseconds awake: longer than the serial part of an iteration.
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
   * A team of this thread and others.
   *
   * @param size how many members, at least 1
   */
  public Team(int size) {
    // Where there are more members than processors, staying awake keeps others from working.
    spins = size <= Runtime.getRuntime().availableProcessors() ? SPINS : 0;
    workers = new Worker[size - 1];
    for (int i = 0; i < workers.length; i++) {
      workers[i] = new Worker(i + 1);
      workers[i].start();
    }
  }

  /**
   * How many members there are.
   *
   * @return at least 1
   */
  public int size() {
    return workers.length + 1;
  }

  /**
   * Carries out a task and returns when every member is done. What one of them throws is thrown
   * here; where several throw, what this thread throws, if it does.
   *
   * @param next what to do
   */
  public void run(Task next) {
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

  /** Lets the members go; they end on their own. */
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

    private final int member;
    private volatile boolean sleeps;

    Worker(int member) {
      super("lanewise-" + member);
      this.member = member;
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
          task.run(member);
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
          LockSupport.park(Team.this);
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
