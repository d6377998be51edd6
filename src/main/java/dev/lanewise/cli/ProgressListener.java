package dev.lanewise.cli;

import dev.lanewise.train.TrainingListener;
import java.io.PrintWriter;

/** Passes what training says on to the bar and to standard error. */
final class ProgressListener implements TrainingListener {

  private final PrintWriter err;
  private final ProgressLine progress;
  private final long iterations;

  /** The iterations of the classes before, where one comes after the other. */
  private long before;

  /** Of runs of at most so many iterations. */
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
