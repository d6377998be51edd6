// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Threads that a yardstick is shared out among. They wait for work as those of training do, awake
 * for a while, so that starting them costs both the same. Whoever made the crew is its member 0.
 */
public final class Crew implements AutoCloseable {

  // Some tens of microseconds.
  private static final int SPINS = 4000;

  private final Thread owner = Thread.currentThread();
  private final Thread[] others;
  private final AtomicInteger pending = new AtomicInteger();
  private IntConsumer task;
  private volatile int round;
  private volatile boolean closed;
  private volatile Throwable failure;

  /**
   * A crew.
   *
   * @param size how many members, at least 1
   */
  public Crew(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("threads is at least 1, not " + size);
    }
    others = new Thread[size - 1];
    for (int i = 0; i < others.length; i++) {
      int member = i + 1;
      others[i] = Thread.ofPlatform().daemon().name("crew-" + member).start(() -> work(member));
    }
  }

  /**
   * How many members there are.
   *
   * @return at least 1
   */
  public int size() {
    return others.length + 1;
  }

  /**
   * Has every member do its part, and returns when all are done.
   *
   * @param next told the number of the member, from 0
   */
  public void run(IntConsumer next) {
    task = next;
    pending.set(others.length);
    // A volatile write: whoever sees the new round sees the task.
    round = round + 1;
    for (Thread other : others) {
      LockSupport.unpark(other);
    }
    next.accept(0);
    for (int i = 0; pending.get() > 0; i++) {
      rest(i);
    }
    if (failure != null) {
      throw new IllegalStateException("a thread failed", failure);
    }
  }

  private void work(int member) {
    int seen = 0;
    while (true) {
      for (int i = 0; round == seen; i++) {
        rest(i);
      }
      seen = round;
      if (closed) {
        return;
      }
      try {
        task.accept(member);
      } catch (RuntimeException | Error e) {
        failure = e;
      }
      if (pending.decrementAndGet() == 0) {
        LockSupport.unpark(owner);
      }
    }
  }

  private void rest(int turns) {
    if (turns < SPINS) {
      Thread.onSpinWait();
    } else {
      LockSupport.park(this);
    }
  }

  /** Lets the members go; they end on their own. */
  @Override
  public void close() {
    closed = true;
    round = round + 1;
    for (Thread other : others) {
      LockSupport.unpark(other);
    }
  }
}
