// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.export;

import dev.lanewise.statistics.Coefficient;
import dev.lanewise.statistics.FitMeasures;
import dev.lanewise.statistics.Summary;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The statistics of a fit, as values for {@link JsonValues}. */
public final class SummaryJson {

  private SummaryJson() {}

  /**
   * The statistics as a map.
   *
   * @param summary the statistics of a fit
   * @return names and values; what is infinite is null
   */
  public static Map<String, Object> map(Summary summary) {
    FitMeasures fit = summary.fit();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("base", summary.base());
    map.put("standardErrors", summary.errors().id());
    map.put("coefficients", summary.coefficients().stream().map(SummaryJson::map).toList());
    map.put("observations", fit.observations());
    map.put("parameters", fit.parameters());
    map.put("logLikelihood", fit.logLikelihood());
    map.put("nullLogLikelihood", fit.nullLogLikelihood());
    map.put("deviance", fit.deviance());
    map.put("nullDeviance", fit.nullDeviance());
    map.put("aic", fit.aic());
    map.put("bic", fit.bic());
    map.put("mcFaddenR2", number(fit.mcFadden()));
    map.put("likelihoodRatio", fit.likelihoodRatio());
    map.put("degreesOfFreedom", fit.degrees());
    map.put("likelihoodRatioP", fit.likelihoodRatioP());
    map.put("iterations", fit.iterations());
    map.put("conditionNumber", number(fit.condition()));
    map.put("notes", summary.notes());
    return Collections.unmodifiableMap(map);
  }

  private static Map<String, Object> map(Coefficient coefficient) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("class", coefficient.outcome());
    map.put("name", coefficient.name());
    map.put("coefficient", coefficient.estimate());
    map.put("standardError", coefficient.error());
    map.put("z", number(coefficient.z()));
    map.put("p", number(coefficient.p()));
    map.put("interval95", List.of(coefficient.lower(), coefficient.upper()));
    map.put("oddsRatio", number(coefficient.oddsRatio()));
    map.put("oddsRatioLower95", number(coefficient.oddsRatioLower()));
    map.put("oddsRatioUpper95", number(coefficient.oddsRatioUpper()));
    return map;
  }

  private static Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
