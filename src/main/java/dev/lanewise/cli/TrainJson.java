// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.export.SummaryJson;
import dev.lanewise.model.Model;
import dev.lanewise.select.CurvePoint;
import dev.lanewise.select.PenaltyScores;
import dev.lanewise.train.Convergence;
import dev.lanewise.train.CostSwing;
import dev.lanewise.train.SolverChoice;
import dev.lanewise.train.SolverOptions;
import dev.lanewise.train.TrainingResult;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A training run told to programs: one JSON object at the end. */
final class TrainJson implements TrainOutput {

  private final PrintWriter out;
  private Map<String, Object> data;

  /** What folds said, if they were asked. */
  private Map<String, Object> search;

  /** The learning curve, if it was asked for. */
  private List<Map<String, Object>> curve;

  TrainJson(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void started(Dataset train, Dataset test) {
    // Everything is said at the end.
    data =
        JsonParts.ordered(
            "train", JsonParts.data(train), "test", test == null ? null : JsonParts.data(test));
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
    json.put("question", JsonParts.question(model.schema()));
    json.put("classNames", model.schema().classNames());
    json.put("multiClass", JsonParts.multiClass(model));
    json.put("scaling", model.schema().scaling().id());
    json.put("standardized", model.schema().standardization().isPresent());
    SolverChoice solver = run.options().solver();
    boolean descended = solver.hasEngines();
    boolean inBatches = solver.usesBatches();
    Convergence convergence = result.convergence();
    json.put("solver", solver.id());
    json.put("iterations", convergence.iterations());
    json.put("learningRate", solver.reachesOptimum() ? null : run.options().learningRate());
    json.put("tolerance", descended ? null : tolerance(run.options().solverOptions()));
    if (inBatches) {
      json.put("sgd", JsonParts.sgd(run.options().solverOptions().sgd(), result.heldOut()));
    }
    json.put("l2", run.options().penalty().l2());
    json.put("l1", run.options().penalty().l1());
    if (search != null) {
      json.put("search", search);
    }
    if (curve != null) {
      json.put("learningCurve", curve);
    }
    json.put("engine", result.engine());
    json.put("kernel", result.kernel());
    json.put("lanes", result.lanes());
    json.put("threads", result.threads());
    json.put("costs", JsonParts.costs("iteration", result.costs()));
    json.put("objective", convergence.objective());
    json.put("gradientNorm", convergence.gradientNorm());
    json.put("relativeGradientNorm", descended ? null : convergence.relativeGradientNorm());
    double gap = convergence.objectiveGap();
    json.put("objectiveGap", Double.isFinite(gap) ? gap : null);
    json.put("converged", convergence.converged());
    json.put("settled", CostSwing.of(run.options(), result).isEmpty());
    json.put("stopReason", convergence.stopReason().id());
    json.put("passes", convergence.passes());
    json.put("trainAccuracy", run.trainEvaluation().accuracy());
    json.put("testAccuracy", run.test() == null ? null : run.testEvaluation().accuracy());
    json.put("trainCost", run.trainEvaluation().cost());
    json.put("testCost", run.test() == null ? null : run.testEvaluation().cost());
    if (model.multiClass().isPresent()) {
      json.put("trainMacroF1", run.trainEvaluation().macroF1());
      json.put("testMacroF1", run.test() == null ? null : run.testEvaluation().macroF1());
    }
    json.put("hidden", JsonParts.hidden(model));
    json.put("bias", JsonParts.bias(model));
    json.put("weightsNorm", model.weightsNorm());
    json.put("threshold", model.multiClass().isEmpty() ? model.threshold() : null);
    json.put("weightsSha256", model.weightsSha256());
    json.put("summary", model.summary().map(SummaryJson::map).orElse(null));
    json.put("model", run.modelFile());
    json.put("report", run.reportFile());
    json.put("plot", result.costs().isEmpty() ? null : run.plotFile());
    json.put(
        "seconds",
        JsonParts.ordered(
            "load", run.loadSeconds(), "train", result.seconds(), "total", run.totalSeconds()));
    json.put("provenance", JsonParts.provenance(model.provenance()));
    JsonObject.print(json, out);
  }

  private static Double tolerance(SolverOptions options) {
    if (!options.solver().usesBatches()) {
      return options.tolerance();
    }
    return options.sgd().tolerance() > 0 ? options.sgd().tolerance() : null;
  }
}
