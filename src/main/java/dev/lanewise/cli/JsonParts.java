// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.Schema;
import dev.lanewise.metric.BinaryMetrics;
import dev.lanewise.model.ConfusionMatrix;
import dev.lanewise.model.DataProvenance;
import dev.lanewise.model.DenseLayer;
import dev.lanewise.model.Evaluation;
import dev.lanewise.model.Model;
import dev.lanewise.model.MultiClass;
import dev.lanewise.model.Provenance;
import dev.lanewise.options.Optimizer;
import dev.lanewise.options.Schedule;
import dev.lanewise.options.SgdOptions;
import dev.lanewise.train.CostPoint;
import dev.lanewise.train.HeldOutCost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** The parts that the JSON objects of several commands share. */
final class JsonParts {

  // A matrix of more classes would be most of the output.
  private static final int MOST_ROWS = 100;

  private JsonParts() {}

  /** A map of names and values in the order given. */
  static Map<String, Object> ordered(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }

  static Map<String, Object> data(Dataset data) {
    return ordered(
        "file", data.origin().source(),
        "samples", data.samples(),
        "features", data.width(),
        "positives", data.isLabelled() && data.classNames().size() == 2 ? data.count(1) : null,
        "storage", data.features().storage());
  }

  /** Which of many classes are the positive class of a model, or null. */
  static Map<String, Object> question(Schema schema) {
    return schema
        .question()
        .map(asked -> ordered("positive", asked.positive(), "classes", asked.classes()))
        .orElse(null);
  }

  /** Costs, each with its iteration or epoch. */
  static List<Map<String, Object>> costs(String unit, List<CostPoint> costs) {
    return costs.stream()
        .map(point -> ordered(unit, point.iteration(), "cost", point.cost()))
        .toList();
  }

  /** How stochastic gradient descent went; what does not apply is null. */
  static Map<String, Object> sgd(SgdOptions options, Optional<HeldOutCost> heldOut) {
    Optimizer.Sgd sgd = options.optimizer() instanceof Optimizer.Sgd steps ? steps : null;
    Schedule schedule = options.schedule();
    boolean steps = schedule.kind() == Schedule.Kind.STEP;
    boolean decays = steps || schedule.kind() == Schedule.Kind.INVERSE_TIME;
    return ordered(
        "batchSize", options.batchSize(),
        "optimizer", options.optimizer().id(),
        "momentum", sgd == null ? null : sgd.momentum(),
        "nesterov", sgd == null ? null : sgd.nesterov(),
        "schedule", schedule.kind().id(),
        "decay", decays ? schedule.decay() : null,
        "decayEvery", steps ? schedule.every() : null,
        "holdout", options.holdout(),
        "patience", heldOut.isPresent() ? options.patience() : null,
        "heldOutSamples", heldOut.map(HeldOutCost::samples).orElse(0),
        "heldOutCost", heldOut.map(HeldOutCost::cost).orElse(null),
        "bestEpoch", heldOut.map(HeldOutCost::bestEpoch).orElse(null),
        "heldOutCosts", heldOut.map(held -> costs("epoch", held.costs())).orElse(null));
  }

  static Map<String, Object> evaluation(Evaluation evaluation) {
    Map<String, Object> common =
        ordered(
            "accuracy", evaluation.accuracy(),
            "baseline", Describe.baseline(evaluation),
            "correct", evaluation.correct(),
            "cost", evaluation.cost());
    if (evaluation.confusion().classes() == 2) {
      common.put("truePositives", evaluation.truePositives());
      common.put("falsePositives", evaluation.falsePositives());
      common.put("trueNegatives", evaluation.trueNegatives());
      common.put("falseNegatives", evaluation.falseNegatives());
    }
    return common;
  }

  /** The metrics of two classes that {@link #evaluation} does not have. */
  static Map<String, Object> metrics(BinaryMetrics metrics) {
    return ordered(
        "rocArea", number(metrics.rocArea()),
        "averagePrecision", number(metrics.averagePrecision()),
        "brierScore", metrics.brierScore(),
        "logLoss", metrics.logLoss(),
        "precision", metrics.precision(),
        "recall", metrics.recall(),
        "f1", metrics.f1(),
        "matthews", metrics.matthews());
  }

  private static Double number(OptionalDouble number) {
    return number.isPresent() ? number.getAsDouble() : null;
  }

  /** The metrics of more than two classes that {@link #evaluation} does not have. */
  static Map<String, Object> manyClasses(Evaluation evaluation, List<String> names, int top) {
    ConfusionMatrix confusion = evaluation.confusion();
    List<Map<String, Object>> classes = new ArrayList<>();
    List<List<Integer>> rows = new ArrayList<>();
    for (int k = 0; k < names.size(); k++) {
      int row = k;
      classes.add(
          ordered(
              "class", names.get(k),
              "samples", confusion.samplesOf(k),
              "predictions", confusion.predictionsOf(k),
              "precision", confusion.precision(k),
              "recall", confusion.recall(k),
              "f1", confusion.f1(k)));
      if (names.size() <= MOST_ROWS) {
        rows.add(
            IntStream.range(0, names.size())
                .mapToObj(column -> confusion.count(row, column))
                .toList());
      }
    }
    return ordered(
        "macroF1",
        evaluation.macroF1(),
        "top",
        top,
        "topAccuracy",
        evaluation.topAccuracy(top),
        "classes",
        classes,
        "confusion",
        rows.isEmpty() ? null : rows);
  }

  /** b, or of more than two classes a list; null with hidden layers. */
  static Object bias(Model model) {
    if (!model.isLinear()) {
      return null;
    }
    return model.multiClass().isEmpty()
        ? (Object) model.bias()
        : IntStream.range(0, model.columns()).mapToObj(model::bias).toList();
  }

  /** The units of each hidden layer, their activation, and the number of parameters; or null. */
  static Object hidden(Model model) {
    return model.isLinear()
        ? null
        : ordered(
            "units",
            model.layers().subList(0, model.layers().size() - 1).stream()
                .map(DenseLayer::units)
                .toList(),
            "activation",
            model.activation().orElseThrow().id(),
            "parameters",
            model.parameterCount());
  }

  /** The method for more than two classes, softmax or ovr, or null. */
  static String multiClass(Model model) {
    return model.multiClass().map(MultiClass::id).orElse(null);
  }

  static Map<String, Object> provenance(Provenance provenance) {
    DataProvenance data = provenance.data();
    return ordered(
        "lanewise", provenance.lanewise(),
        "contract", provenance.contract() == 0 ? null : provenance.contract(),
        "trainedAt", provenance.trainedAt(),
        "java", provenance.java(),
        "system", provenance.system(),
        "cpu", provenance.cpu(),
        "engine", provenance.engine(),
        "kernel", provenance.kernel(),
        "lanes", provenance.lanes(),
        "threads", provenance.threads(),
        "options", provenance.options(),
        "arguments", provenance.arguments(),
        "data",
            ordered(
                "source", data.source(),
                "digest", data.digest().id(),
                "sha256", data.sha256(),
                "samples", data.samples(),
                "features", data.features(),
                "weights", data.weights().isEmpty() ? null : data.weights()));
  }
}
