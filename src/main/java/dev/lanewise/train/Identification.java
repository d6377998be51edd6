// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.train;

import dev.lanewise.data.Dataset;
import dev.lanewise.matrix.MappedMatrix;
import dev.lanewise.model.DataProvenance;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The provenance of the data, found while they are trained on: their digest takes about as long as
 * a short run. Closed before the data are, so that nobody reads what is no longer there.
 */
final class Identification implements AutoCloseable {

  private final FutureTask<DataProvenance> task;
  private final Thread thread;

  Identification(Dataset train) {
    this.task = new FutureTask<>(() -> DataProvenance.of(train));
    // A mapped file may be larger than memory: it is not read in two places at once.
    boolean later = train.features() instanceof MappedMatrix;
    this.thread = later ? null : Thread.ofPlatform().name("lanewise-digest").daemon().start(task);
  }

  DataProvenance provenance() {
    if (thread == null) {
      task.run();
    }
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits for the end of the digest, which cannot be cut short. */
  @Override
  public void close() {
    if (thread != null && !task.isDone()) {
      try {
        provenance();
      } catch (RuntimeException | Error e) {
        // Nobody asked for the digest: the run has failed for a reason of its own.
      }
    }
  }
}
