package dev.lanewise.cli;

import dev.lanewise.train.TrainingListener;

/** Passes what training says on to the output and to the bar. */
final class ProgressListener implements TrainingListener {

  private final TrainOutput output;
  private final ProgressLine progress;

  ProgressListener(TrainOutput output, ProgressLine progress) {
    this.output = output;
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
    output.warning(message);
  }
}
