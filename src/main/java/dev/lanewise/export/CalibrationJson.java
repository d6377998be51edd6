// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.export;

import dev.lanewise.metric.Calibration;
import dev.lanewise.metric.IsotonicCalibration;
import dev.lanewise.metric.PlattCalibration;
import dev.lanewise.metric.TemperatureCalibration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A calibration as values for {@link JsonValues}. */
public final class CalibrationJson {

  private CalibrationJson() {}

  /**
   * The calibration as a map.
   *
   * @param calibration of a model
   * @return its kind and its numbers by their names
   */
  public static Map<String, Object> map(Calibration calibration) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", calibration.kind().id());
    if (calibration instanceof PlattCalibration platt) {
      map.put("slope", platt.slope());
      map.put("intercept", platt.intercept());
    } else if (calibration instanceof IsotonicCalibration isotonic) {
      map.put("scores", isotonic.scores());
      map.put("probabilities", isotonic.probabilities());
    } else {
      map.put("temperature", ((TemperatureCalibration) calibration).temperature());
    }
    return map;
  }
}
