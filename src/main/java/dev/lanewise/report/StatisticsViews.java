// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import dev.lanewise.statistics.Coefficient;
import dev.lanewise.statistics.ErrorKind;
import dev.lanewise.statistics.FitMeasures;
import dev.lanewise.statistics.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Puts the statistics of a fit into texts. */
final class StatisticsViews {

  private StatisticsViews() {}

  static Page.StatisticsView of(Summary summary) {
    Map<String, List<Page.ClassRow>> rows = new LinkedHashMap<>();
    for (Coefficient coefficient : summary.coefficients()) {
      rows.computeIfAbsent(coefficient.outcome(), outcome -> new ArrayList<>())
          .add(row(coefficient));
    }
    List<Page.CoefficientTable> tables = new ArrayList<>();
    rows.forEach(
        (outcome, own) ->
            tables.add(
                new Page.CoefficientTable(
                    "Log-odds of "
                        + Headings.isolated(outcome)
                        + " against "
                        + Headings.isolated(summary.base()),
                    own)));
    String note =
        "Coefficients are in the units of the data. Standard errors are "
            + (summary.errors() == ErrorKind.MODEL
                ? "those of the second derivative."
                : "robust (" + summary.errors().name() + ").");
    return new Page.StatisticsView(
        note,
        tables,
        fit(summary.fit()),
        summary.notes().stream().map(StatisticsViews::sentence).toList());
  }

  private static String sentence(String note) {
    return note.substring(0, 1).toUpperCase(Locale.ROOT) + note.substring(1) + ".";
  }

  private static Page.ClassRow row(Coefficient coefficient) {
    return new Page.ClassRow(
        coefficient.name(),
        List.of(
            Numbers.figures(coefficient.estimate()),
            Numbers.figures(coefficient.error()),
            Numbers.decimals(coefficient.z(), 3),
            Numbers.figures(coefficient.p()),
            interval(coefficient.lower(), coefficient.upper()),
            Numbers.figures(coefficient.oddsRatio()),
            interval(coefficient.oddsRatioLower(), coefficient.oddsRatioUpper())));
  }

  private static String interval(double lower, double upper) {
    return Numbers.figures(lower) + " to " + Numbers.figures(upper);
  }

  private static List<Page.Fact> fit(FitMeasures fit) {
    return List.of(
        Page.Fact.of("Log-likelihood", Numbers.decimals(fit.logLikelihood(), 4)),
        Page.Fact.of(
            "Log-likelihood without features", Numbers.decimals(fit.nullLogLikelihood(), 4)),
        Page.Fact.of("Deviance", Numbers.decimals(fit.deviance(), 4)),
        Page.Fact.of("Deviance without features", Numbers.decimals(fit.nullDeviance(), 4)),
        Page.Fact.of("AIC", Numbers.decimals(fit.aic(), 4)),
        Page.Fact.of("BIC", Numbers.decimals(fit.bic(), 4)),
        Page.Fact.of("McFadden\u2019s R\u00b2", Numbers.decimals(fit.mcFadden(), 6)),
        Page.Fact.of(
            "Likelihood-ratio test",
            "\u03c7\u00b2 "
                + Numbers.decimals(fit.likelihoodRatio(), 4)
                + ", "
                + fit.degrees()
                + " degrees of freedom, p "
                + Numbers.figures(fit.likelihoodRatioP())),
        Page.Fact.of("Observations", Numbers.plain(fit.observations())),
        Page.Fact.of("Coefficients", Numbers.count(fit.parameters())),
        Page.Fact.of("Condition number", Numbers.figures(fit.condition())));
  }
}
