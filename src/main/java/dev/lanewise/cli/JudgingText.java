// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.metric.Bootstrap;
import dev.lanewise.model.Importance;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Intervals of metrics and the importance of columns, for people and for programs. */
final class JudgingText {

  private static final Map<String, String> NAMES =
      Map.of(
          "accuracy", "Accuracy",
          "rocArea", "ROC area",
          "averagePrecision", "Avg prec.",
          "brierScore", "Brier",
          "logLoss", "Log-loss",
          "precision", "Precision",
          "recall", "Recall",
          "f1", "F1",
          "matthews", "Matthews");

  private JudgingText() {}

  static void intervals(PrintWriter out, Map<String, Bootstrap.Interval> intervals) {
    if (!intervals.isEmpty()) {
      Text.line(out, "95 %% intervals, by the bootstrap");
    }
    intervals.forEach(
        (name, interval) ->
            out.println(
                String.format(Locale.ROOT, "%-9s ", NAMES.get(name))
                    + (Double.isNaN(interval.lower())
                        ? "needs samples of both classes"
                        : String.format(
                            Locale.ROOT, "%.6f to %.6f", interval.lower(), interval.upper()))));
  }

  static Map<String, Object> json(Map<String, Bootstrap.Interval> intervals) {
    Map<String, Object> map = new LinkedHashMap<>();
    intervals.forEach(
        (name, interval) ->
            map.put(
                name,
                Double.isNaN(interval.lower())
                    ? null
                    : List.of(interval.lower(), interval.upper())));
    return map;
  }

  /** The most important columns first. */
  static void importance(PrintWriter out, List<Importance> columns) {
    if (columns.isEmpty()) {
      return;
    }
    int width = columns.stream().mapToInt(column -> column.column().length()).reduce(6, Math::max);
    Text.line(
        out, "%-" + width + "s  %20s  %20s", "Column", "log-loss grows by", "accuracy falls by");
    columns.stream()
        .sorted(Comparator.comparingDouble(Importance::logLoss).reversed())
        .forEach(
            column ->
                Text.line(
                    out,
                    "%-" + width + "s  %9.6f +- %8.6f  %9.6f +- %8.6f",
                    column.column(),
                    column.logLoss(),
                    column.logLossDeviation(),
                    column.accuracy(),
                    column.accuracyDeviation()));
  }

  static List<Map<String, Object>> json(List<Importance> columns) {
    return columns.stream()
        .map(
            column ->
                JsonParts.ordered(
                    "column", column.column(),
                    "logLoss", column.logLoss(),
                    "logLossDeviation", column.logLossDeviation(),
                    "accuracy", column.accuracy(),
                    "accuracyDeviation", column.accuracyDeviation()))
        .toList();
  }
}
