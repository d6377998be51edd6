// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.model.Model;
import dev.lanewise.train.Convergence;
import dev.lanewise.train.CostSwing;
import dev.lanewise.train.Hyperparameters;
import dev.lanewise.train.SolverChoice;
import dev.lanewise.train.SolverOptions;
import dev.lanewise.train.TrainingResult;
import java.util.Map;

/**
 * What the JSON object of a training says of options, of how the run ended, and of the model.
 * Public for the command lines of other projects, which print the same.
 */
public final class TrainingJson {

  private TrainingJson() {}

  /**
   * Adds what was learned, and how.
   *
   * @param options of the run
   * @param result of the run
   * @param json is added to
   */
  public static void options(
      Hyperparameters options, TrainingResult result, Map<String, Object> json) {
    Model model = result.model();
    json.put("question", JsonParts.question(model.schema()));
    json.put("classNames", model.schema().classNames());
    json.put("multiClass", JsonParts.multiClass(model));
    json.put("scaling", model.schema().scaling().id());
    json.put("standardized", model.schema().standardization().isPresent());
    SolverChoice solver = options.solver();
    json.put("solver", solver.id());
    json.put("iterations", result.convergence().iterations());
    json.put("learningRate", solver.reachesOptimum() ? null : options.learningRate());
    json.put("tolerance", solver.hasEngines() ? null : tolerance(options.solverOptions()));
    if (solver.usesBatches()) {
      json.put("sgd", JsonParts.sgd(options.solverOptions().sgd(), result.heldOut()));
    }
    json.put("l2", options.penalty().l2());
    json.put("l1", options.penalty().l1());
  }

  private static Double tolerance(SolverOptions options) {
    if (!options.solver().usesBatches()) {
      return options.tolerance();
    }
    return options.sgd().tolerance() > 0 ? options.sgd().tolerance() : null;
  }

  /**
   * Adds what computed the run, and how it ended.
   *
   * @param options of the run
   * @param result of the run
   * @param json is added to
   */
  public static void end(Hyperparameters options, TrainingResult result, Map<String, Object> json) {
    Convergence convergence = result.convergence();
    boolean descended = options.solver().hasEngines();
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
    json.put("settled", CostSwing.of(options, result).isEmpty());
    json.put("stopReason", convergence.stopReason().id());
    json.put("passes", convergence.passes());
  }

  /**
   * Adds the parameters in short.
   *
   * @param model that was trained
   * @param json is added to
   */
  public static void model(Model model, Map<String, Object> json) {
    json.put("hidden", JsonParts.hidden(model));
    json.put("bias", JsonParts.bias(model));
    json.put("weightsNorm", model.weightsNorm());
    json.put("threshold", model.multiClass().isEmpty() ? model.threshold() : null);
    json.put("weightsSha256", model.weightsSha256());
  }

  /**
   * Returns where a model came from.
   *
   * @param model that was trained
   * @return names and values
   */
  public static Map<String, Object> provenance(Model model) {
    return JsonParts.provenance(model.provenance());
  }
}
