package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.SampleKind;
import dev.lanewise.model.DataProvenance;
import dev.lanewise.model.Evaluation;
import dev.lanewise.model.Provenance;
import java.util.LinkedHashMap;
import java.util.Map;

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
