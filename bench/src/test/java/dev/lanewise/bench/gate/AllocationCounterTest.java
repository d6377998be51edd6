// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AllocationCounterTest {

  private static final long PATIENCE_MILLIS = 500;

  private final AllocationCounter counter = new AllocationCounter(PATIENCE_MILLIS);
  private volatile Object kept;

  @Test
  void nothingIsNothing() {
    int[] sums = new int[1];

    assertThat(counter.steady(() -> counter.bytesOf(1000, () -> sums[0]++))).isEmpty();
  }

  @Test
  void oneObjectInAThousandCallsIsFound() {
    AtomicInteger calls = new AtomicInteger();

    assertThat(
            counter.steady(
                () ->
                    counter.bytesOf(
                        1000,
                        () -> {
                          if (calls.incrementAndGet() % 1000 == 0) {
                            kept = new byte[0];
                          }
                        })))
        .hasValue(16);
  }

  @Test
  void otherThreadsCount() {
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      runOn(other, () -> {});
      assertThat(counter.bytesOf(1, () -> runOn(other, () -> kept = new byte[1 << 20])))
          .isGreaterThanOrEqualTo(1 << 20);
    }
  }

  private static void runOn(ExecutorService other, Runnable task) {
    try {
      other.submit(task).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatAllocatesOnlyWhileItIsColdIsClean() {
    AtomicInteger rounds = new AtomicInteger();

    assertThat(
            counter.steady(
                () ->
                    counter.bytesOf(
                        1,
                        () -> {
                          if (rounds.incrementAndGet() < 10) {
                            kept = new byte[100];
                          }
                        })))
        .isEmpty();
    assertThat(rounds.get()).isGreaterThanOrEqualTo(10);
  }
}
