// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.select.CurvePoint;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** A learning curve, for people and for programs. */
final class CurveTable {

  private CurveTable() {}

  static void print(List<CurvePoint> points, PrintWriter out) {
    Text.line(out, "Learning curve  on growing shares of the samples, and on folds held out");
    Text.line(
        out,
        "  %8s  %10s  %10s  %13s  %10s  %13s",
        "samples",
        "train cost",
        "train acc.",
        "held-out cost",
        "deviation",
        "held-out acc.");
    for (CurvePoint point : points) {
      Text.line(
          out,
          "  %8.1f  %10.6f  %8.2f %%  %13.6f  %10.6f  %11.2f %%",
          point.samples(),
          point.trainCost(),
          100 * point.trainAccuracy(),
          point.heldOutCost(),
          point.deviation(),
          100 * point.heldOutAccuracy());
    }
    out.flush();
  }

  static Map<String, Object> json(CurvePoint point) {
    return JsonParts.ordered(
        "share", point.share(),
        "samples", point.samples(),
        "trainCost", point.trainCost(),
        "trainAccuracy", point.trainAccuracy(),
        "heldOutCost", point.heldOutCost(),
        "heldOutAccuracy", point.heldOutAccuracy(),
        "heldOutDeviation", point.deviation());
  }
}
