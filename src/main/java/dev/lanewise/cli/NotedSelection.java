// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.report.Report;
import dev.lanewise.select.CurvePoint;
import dev.lanewise.select.PenaltyScores;
import java.util.List;

/** Passes the output of a run on, and keeps the results of folds for the report. */
final class NotedSelection implements TrainOutput {

  private final TrainOutput output;

  /** Null if no folds picked a penalty. */
  private PenaltyScores scores;

  private int picked;

  /** Null if there is no learning curve. */
  private List<CurvePoint> points;

  NotedSelection(TrainOutput output) {
    this.output = output;
  }

  /** The report with the results that were kept. */
  Report addTo(Report report) {
    Report more = scores == null ? report : report.with(scores, picked);
    return points == null ? more : more.with(points);
  }

  @Override
  public void started(Dataset train, Dataset test) {
    output.started(train, test);
  }

  @Override
  public void chosen(UsualTraining usual, boolean l2Given, boolean scaleGiven) {
    output.chosen(usual, l2Given, scaleGiven);
  }

  @Override
  public void picked(PenaltyScores scores, int picked) {
    this.scores = scores;
    this.picked = picked;
    output.picked(scores, picked);
  }

  @Override
  public void curve(List<CurvePoint> points) {
    this.points = points;
    output.curve(points);
  }

  @Override
  public void path(List<PathStep> path) {
    output.path(path);
  }

  @Override
  public void finished(FinishedTraining run) {
    output.finished(run);
  }
}
