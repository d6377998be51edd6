// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Hands rows to consumers on threads of their own, in their order, while the next rows are taken
 * apart. The rows of a small table are consumed by the thread that reads them.
 */
final class RowRelay implements AutoCloseable {

  /** Fields that are handed over at once. */
  private static final int FIELDS = 1 << 11;

  /** How often that may wait for a consumer. */
  private static final int WAITING = 4;

  private static final long CHECK_MILLIS = 100;

  private final List<Worker> workers;
  private List<CsvRecord> batch = new ArrayList<>();
  private int fields;
  private boolean started;
  private volatile Throwable failure;

  /**
   * A relay without rows.
   *
   * @param consumers each is given all rows, by one thread
   */
  RowRelay(List<Consumer<CsvRecord>> consumers) {
    this.workers = consumers.stream().map(Worker::new).toList();
  }

  /** A consumer with its thread. */
  private final class Worker {

    private final Consumer<CsvRecord> consumer;
    private final BlockingQueue<List<CsvRecord>> waiting = new ArrayBlockingQueue<>(WAITING);
    private final Thread thread =
        Thread.ofPlatform().daemon().name("lanewise-rows").unstarted(this::consume);

    Worker(Consumer<CsvRecord> consumer) {
      this.consumer = consumer;
    }

    // An empty batch is the end.
    private void consume() {
      try {
        for (List<CsvRecord> rows = waiting.take(); !rows.isEmpty(); rows = waiting.take()) {
          rows.forEach(consumer);
        }
      } catch (InterruptedException e) {
        // The reader has failed, and nobody wants what is left.
      } catch (RuntimeException | Error e) {
        failure = e;
      }
    }

    void hand(List<CsvRecord> rows) {
      boolean interrupted = false;
      boolean taken = false;
      while (!taken) {
        rethrow();
        try {
          taken = waiting.offer(rows, CHECK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    void join() {
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
  }

  /** Hands a row on. */
  void put(CsvRecord row) {
    batch.add(row);
    fields += row.getFieldCount();
    if (fields >= FIELDS) {
      handOver();
    }
  }

  private void handOver() {
    if (!started) {
      started = true;
      workers.forEach(worker -> worker.thread.start());
    }
    List<CsvRecord> rows = batch;
    workers.forEach(worker -> worker.hand(rows));
    batch = new ArrayList<>(rows.size());
    fields = 0;
  }

  /** Waits until all rows are consumed. */
  void finish() {
    if (!started) {
      workers.forEach(worker -> batch.forEach(worker.consumer));
      return;
    }
    if (!batch.isEmpty()) {
      handOver();
    }
    handOver();
    workers.forEach(Worker::join);
    rethrow();
  }

  private void rethrow() {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
  }

  /** Ends the threads, if {@link #finish} has not. */
  @Override
  public void close() {
    for (Worker worker : workers) {
      worker.thread.interrupt();
      worker.join();
    }
  }
}
