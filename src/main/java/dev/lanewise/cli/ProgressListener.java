// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.TrainingListener;
import java.io.PrintWriter;

/** Passes what training says on to the bar and to standard error. */
final class ProgressListener implements TrainingListener {

  private final PrintWriter err;
  private final ProgressLine progress;
  private final long iterations;

  /** The iterations of the classes before, where one comes after the other. */
  private long before;

  /** How many iterations there are at most: one versus the rest trains one class after another. */
  static long steps(Hyperparameters options, Dataset train) {
    return (long) options.iterations()
        * (options.isOneVersusRest(train) ? train.classNames().size() : 1);
  }

  /** For runs of at most this many iterations. */
  ProgressListener(PrintWriter err, ProgressLine progress, long iterations) {
    this.err = err;
    this.progress = progress;
    this.iterations = iterations;
  }

  @Override
  public void classStarted(int classNumber, int classes, String name) {
    before = classNumber * iterations;
    progress.stepTo(before);
  }

  @Override
  public void iterationCompleted(int completed) {
    progress.stepTo(before + completed);
  }

  @Override
  public void costComputed(int iteration, double cost) {
    progress.cost(cost);
  }

  @Override
  public void warning(String message) {
    Text.warning(err, message);
  }
}
