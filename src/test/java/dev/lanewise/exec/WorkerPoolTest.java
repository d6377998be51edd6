// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkerPoolTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 33})
  void everyWorkerDoesItsPartOfEveryTask(int size) {
    int tasks = 2000;
    AtomicIntegerArray counts = new AtomicIntegerArray(size);
    try (WorkerPool pool = new WorkerPool(size)) {
      assertThat(pool.size()).isEqualTo(size);
      for (int task = 1; task <= tasks; task++) {
        pool.run(counts::incrementAndGet);
        for (int worker = 0; worker < size; worker++) {
          assertThat(counts.get(worker)).isEqualTo(task);
        }
      }
    }
  }

  @Test
  void workersThatFellAsleepAreWoken() throws InterruptedException {
    AtomicIntegerArray counts = new AtomicIntegerArray(2);
    try (WorkerPool pool = new WorkerPool(2)) {
      for (int task = 0; task < 20; task++) {
        Thread.sleep(5);
        pool.run(
            worker -> {
              counts.incrementAndGet(worker);
              if (worker == 1) {
                sleep(5);
              }
            });
      }
    }
    assertThat(counts.get(1)).isEqualTo(20);
  }

  @Test
  void whatAWorkerThrowsIsThrownAndThePoolGoesOn() {
    try (WorkerPool pool = new WorkerPool(3)) {
      for (int thrower = 0; thrower < 3; thrower++) {
        int bad = thrower;
        assertThatThrownBy(
                () ->
                    pool.run(
                        worker -> {
                          if (worker == bad) {
                            throw new IllegalStateException("worker " + worker);
                          }
                        }))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("worker " + bad);
      }
      AtomicIntegerArray counts = new AtomicIntegerArray(3);
      pool.run(counts::incrementAndGet);
      assertThat(counts.toString()).isEqualTo("[1, 1, 1]");
    }
  }

  @Test
  void whatSeveralWorkersThrowIsOfTheirTaskAlone() {
    try (WorkerPool pool = new WorkerPool(3)) {
      for (int task = 0; task < 20; task++) {
        String name = "task " + task;
        assertThatThrownBy(
                () ->
                    pool.run(
                        worker -> {
                          throw new IllegalStateException(name + " worker " + worker);
                        }))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage(name + " worker 0");
        AtomicIntegerArray counts = new AtomicIntegerArray(3);
        pool.run(counts::incrementAndGet);
        assertThat(counts.toString()).isEqualTo("[1, 1, 1]");
      }
    }
  }

  @Test
  void noThreadIsLeftWhenThePoolIsClosed() {
    try (WorkerPool pool = new WorkerPool(5)) {
      pool.run(worker -> {});
      assertThat(threads()).isEqualTo(4);
    }
    assertThat(threads()).isZero();
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("lanewise-\\d+"))
        .count();
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
