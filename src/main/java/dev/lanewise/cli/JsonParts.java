package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.SampleKind;
import dev.lanewise.model.DataProvenance;
import dev.lanewise.model.Evaluation;
import dev.lanewise.model.Provenance;
import dev.lanewise.sgd.Optimizer;
import dev.lanewise.sgd.Schedule;
import dev.lanewise.sgd.SgdOptions;
import dev.lanewise.train.HeldOutCost;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The parts that the JSON objects of several commands share. */
final class JsonParts {

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

  /** The question about many classes that a model answers, or null. */
  static Map<String, Object> question(SampleKind kind) {
    return kind.question()
        .map(asked -> ordered("positive", asked.positive(), "classes", asked.classes()))
        .orElse(null);
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
        "bestEpoch", heldOut.map(HeldOutCost::bestEpoch).orElse(null));
  }

  static Map<String, Object> evaluation(Evaluation evaluation) {
    return ordered(
        "accuracy", evaluation.accuracy(),
        "correct", evaluation.correct(),
        "cost", evaluation.cost(),
        "truePositives", evaluation.truePositives(),
        "falsePositives", evaluation.falsePositives(),
        "trueNegatives", evaluation.trueNegatives(),
        "falseNegatives", evaluation.falseNegatives());
  }

  static Map<String, Object> provenance(Provenance provenance) {
    DataProvenance data = provenance.data();
    return ordered(
        "lanewise", provenance.lanewise(),
        "trainedAt", provenance.trainedAt(),
        "java", provenance.java(),
        "system", provenance.system(),
        "cpu", provenance.cpu(),
        "engine", provenance.engine(),
        "kernel", provenance.kernel(),
        "lanes", provenance.lanes(),
        "threads", provenance.threads(),
        "options", provenance.options(),
        "data",
            ordered(
                "source", data.source(),
                "sha256", data.sha256(),
                "samples", data.samples(),
                "features", data.features()));
  }
}
