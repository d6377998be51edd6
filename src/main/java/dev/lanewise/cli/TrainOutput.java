// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.select.CurvePoint;
import dev.lanewise.select.PenaltyScores;
import java.util.List;

/** Prints a training run, as text or as JSON. */
interface TrainOutput {

  /**
   * The data are read.
   *
   * @param test null if there are none
   */
  void started(Dataset train, Dataset test);

  /** The solver was chosen without --solver. */
  void chosen(UsualTraining usual, boolean l2Given, boolean scaleGiven);

  /** Folds have picked a penalty. */
  void picked(PenaltyScores scores, int picked);

  /** Growing shares of the samples were trained on. */
  void curve(List<CurvePoint> points);

  /** All penalties were trained with, and none was picked: that is all. */
  void path(List<PathStep> path);

  void finished(FinishedTraining run);
}
