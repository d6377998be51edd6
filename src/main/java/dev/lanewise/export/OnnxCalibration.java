// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.export;

import dev.lanewise.export.OnnxGraph.Attribute;
import dev.lanewise.metric.Calibration;
import dev.lanewise.metric.IsotonicCalibration;
import dev.lanewise.metric.PlattCalibration;
import dev.lanewise.metric.TemperatureCalibration;
import java.util.List;

/** A calibration as operators, in double as in Lanewise. */
final class OnnxCalibration {

  private OnnxCalibration() {}

  /** Adds the operators; returns the corrected scores as floats. */
  static String scores(OnnxGraph graph, String z, Calibration calibration) {
    String exact =
        graph.operator("Cast", List.of(z), "exact_z", new Attribute("to", OnnxGraph.DOUBLE));
    String corrected;
    if (calibration instanceof PlattCalibration platt) {
      String slope = graph.doubles("platt_slope", new double[] {platt.slope()});
      String intercept = graph.doubles("platt_intercept", new double[] {platt.intercept()});
      String product = graph.operator("Mul", List.of(exact, slope), "sloped_z");
      corrected = graph.operator("Add", List.of(product, intercept), "calibrated_z");
    } else if (calibration instanceof IsotonicCalibration isotonic) {
      corrected = isotonic(graph, exact, isotonic);
    } else {
      double number = ((TemperatureCalibration) calibration).temperature();
      String temperature = graph.doubles("temperature", new double[] {number});
      corrected = graph.operator("Div", List.of(exact, temperature), "calibrated_z");
    }
    return graph.operator(
        "Cast", List.of(corrected), "rounded_z", new Attribute("to", OnnxGraph.FLOAT));
  }

  /** The first probability and, of each line between two knots, the part that lies below z. */
  private static String isotonic(OnnxGraph graph, String z, IsotonicCalibration calibration) {
    int lines = calibration.scores().size() - 1;
    String p = graph.doubles("isotonic_first", new double[] {calibration.probabilities().get(0)});
    if (lines > 0) {
      double[] from = new double[lines];
      double[] length = new double[lines];
      double[] rise = new double[lines];
      for (int i = 0; i < lines; i++) {
        from[i] = calibration.scores().get(i);
        length[i] = calibration.scores().get(i + 1) - from[i];
        rise[i] = calibration.probabilities().get(i + 1) - calibration.probabilities().get(i);
      }
      String beyond =
          graph.operator("Sub", List.of(z, graph.doubles("isotonic_from", from)), "beyond");
      String part =
          graph.operator("Div", List.of(beyond, graph.doubles("isotonic_length", length)), "part");
      String none = graph.double0("isotonic_none", 0);
      String all = graph.double0("isotonic_all", 1);
      String inside = graph.operator("Clip", List.of(part, none, all), "inside");
      String rises = graph.doubles("isotonic_rise", rise, lines, 1);
      String sum = graph.operator("MatMul", List.of(inside, rises), "risen");
      p = graph.operator("Add", List.of(sum, p), "isotonic");
    } else {
      String zero = graph.operator("Mul", List.of(z, graph.double0("isotonic_none", 0)), "no_z");
      p = graph.operator("Add", List.of(zero, p), "isotonic");
    }
    String one = graph.doubles("isotonic_one", new double[] {1});
    String other = graph.operator("Sub", List.of(one, p), "one_minus_p");
    String odds = graph.operator("Div", List.of(p, other), "odds");
    return graph.operator("Log", List.of(odds), "calibrated_z");
  }
}
