// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.gate;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Counts, to the byte, what threads allocate on the heap.
 *
 * <p>What is cold may allocate: Java boxes vectors until its compiler has seen the code. So rounds
 * are repeated until several in a row allocate nothing at all; what allocates in each call, or in
 * one of many, never gets there.
 */
final class AllocationCounter {

  private static final int CLEAN_ROUNDS = 5;

  private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private final long patienceMillis;

  /**
   * A counter.
   *
   * @param patienceMillis how long to wait for the compiler
   */
  AllocationCounter(long patienceMillis) {
    this.patienceMillis = patienceMillis;
    // Counting must not count itself.
    if (steady(() -> bytesOf(1, () -> {})).isPresent()) {
      throw new IllegalStateException("this JVM cannot count what is allocated to the byte");
    }
  }

  /** The threads that live now, this one among them. */
  long[] liveThreads() {
    return threads.getAllThreadIds();
  }

  /**
   * What threads have allocated so far. They are asked one by one: the JVM's total never falls, so
   * that a thread which it counted twice while it ended hides what others allocate later.
   */
  long bytes(long[] ids) {
    long sum = 0;
    for (long id : ids) {
      // -1 where a thread has ended; nobody ends while a round is counted.
      sum += threads.getThreadAllocatedBytes(id);
    }
    return sum;
  }

  /** What some calls allocate, in all threads that live. */
  long bytesOf(int calls, Runnable call) {
    long[] ids = liveThreads();
    long before = bytes(ids);
    for (int i = 0; i < calls; i++) {
      call.run();
    }
    return bytes(ids) - before;
  }

  /**
   * Waits until rounds allocate nothing.
   *
   * @param round gives the bytes that it allocated
   * @return the bytes of the last round that allocated any, if patience came to its end
   */
  OptionalLong steady(LongSupplier round) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    long last = 0;
    int clean = 0;
    while (clean < CLEAN_ROUNDS) {
      long bytes = round.getAsLong();
      if (bytes == 0) {
        clean++;
      } else {
        clean = 0;
        last = bytes;
        if (System.nanoTime() > end) {
          return OptionalLong.of(last);
        }
      }
    }
    return OptionalLong.empty();
  }
}
