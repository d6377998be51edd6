package dev.lanewise.cli;

import dev.lanewise.data.Dataset;

/** How a training run is told: as text, or as JSON. */
interface TrainOutput {

  /**
   * The data are read.
   *
   * @param test null if there are none
   */
  void started(Dataset train, Dataset test);

  void finished(FinishedTraining run);
}
