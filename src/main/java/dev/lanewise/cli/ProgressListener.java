package dev.lanewise.cli;

import dev.lanewise.train.TrainingListener;
import java.io.PrintWriter;

/** Passes what training says on to the bar and to standard error. */
final class ProgressListener implements TrainingListener {

  private final PrintWriter err;
  private final ProgressLine progress;

  ProgressListener(PrintWriter err, ProgressLine progress) {
    this.err = err;
    this.progress = progress;
  }

  @Override
  public void iterationCompleted(int completed) {
    progress.stepTo(completed);
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
