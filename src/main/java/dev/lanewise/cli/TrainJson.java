// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.export.CalibrationJson;
import dev.lanewise.export.SummaryJson;
import dev.lanewise.model.Model;
import dev.lanewise.select.CurvePoint;
import dev.lanewise.select.PenaltyScores;
import dev.lanewise.train.TrainingResult;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints a training run as one JSON object at the end. */
final class TrainJson implements TrainOutput {

  private final PrintWriter out;
  private Map<String, Object> data;

  /** The results of cross-validation, if it was asked for. */
  private Map<String, Object> search;

  /** The learning curve, if it was asked for. */
  private List<Map<String, Object>> curve;

  TrainJson(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void started(Dataset train, Dataset test) {
    // Everything is printed at the end.
    data =
        JsonParts.ordered(
            "train",
            JsonParts.data(train),
            "test",
            test == null ? null : JsonParts.data(test),
            "chosen",
            null);
  }

  @Override
  public void chosen(UsualTraining usual, boolean l2Given, boolean scaleGiven) {
    data.put("chosen", usual.json(l2Given, scaleGiven));
  }

  @Override
  public void picked(PenaltyScores scores, int picked) {
    search = PenaltyTable.json(scores, picked);
  }

  @Override
  public void curve(List<CurvePoint> points) {
    curve = points.stream().map(CurveTable::json).toList();
  }

  @Override
  public void path(List<PathStep> path) {
    Map<String, Object> json = new LinkedHashMap<>(data);
    json.put("path", path.stream().map(PathStep::json).toList());
    JsonObject.print(json, out);
  }

  @Override
  public void finished(FinishedTraining run) {
    TrainingResult result = run.result();
    Model model = result.model();
    Map<String, Object> json = new LinkedHashMap<>();
    json.putAll(data);
    TrainingJson.options(run.options(), result, json);
    if (search != null) {
      json.put("search", search);
    }
    if (curve != null) {
      json.put("learningCurve", curve);
    }
    TrainingJson.end(run.options(), result, json);
    json.put("trainAccuracy", run.trainEvaluation().accuracy());
    json.put("testAccuracy", run.test() == null ? null : run.testEvaluation().accuracy());
    json.put("trainBaseline", Describe.baseline(run.trainEvaluation()));
    json.put("testBaseline", run.test() == null ? null : Describe.baseline(run.testEvaluation()));
    json.put("trainCost", run.trainEvaluation().cost());
    json.put("testCost", run.test() == null ? null : run.testEvaluation().cost());
    if (model.multiClass().isPresent()) {
      json.put("trainMacroF1", run.trainEvaluation().macroF1());
      json.put("testMacroF1", run.test() == null ? null : run.testEvaluation().macroF1());
    }
    TrainingJson.model(model, json);
    json.put("calibration", model.calibration().map(CalibrationJson::map).orElse(null));
    json.put("summary", model.summary().map(SummaryJson::map).orElse(null));
    json.put("model", run.modelFile());
    json.put("report", run.reportFile());
    json.put("plot", result.costs().isEmpty() ? null : run.plotFile());
    json.put(
        "seconds",
        JsonParts.ordered(
            "load",
            run.before().loadSeconds(),
            "warmUp",
            run.before().warmUpSeconds(),
            "train",
            result.seconds(),
            "total",
            run.totalSeconds()));
    json.put("provenance", JsonParts.provenance(model.provenance()));
    JsonObject.print(json, out);
  }
}
