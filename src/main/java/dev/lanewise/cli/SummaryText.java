// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.statistics.Coefficient;
import dev.lanewise.statistics.ErrorKind;
import dev.lanewise.statistics.FitMeasures;
import dev.lanewise.statistics.Summary;
import java.io.PrintWriter;
import java.util.Locale;

/** The statistics of a fit for people. */
final class SummaryText {

  private static final int NARROWEST = 11;
  private static final double SMALL_P = 1e-4;

  private SummaryText() {}

  static void print(PrintWriter out, Summary summary) {
    FitMeasures fit = summary.fit();
    String outcome = null;
    int width =
        summary.coefficients().stream()
            .mapToInt(coefficient -> coefficient.name().length())
            .reduce(NARROWEST, Math::max);
    for (Coefficient coefficient : summary.coefficients()) {
      if (!coefficient.outcome().equals(outcome)) {
        outcome = coefficient.outcome();
        Text.line(
            out,
            "Log-odds of %s against %s, in the units of the data%s",
            outcome,
            summary.base(),
            summary.errors() == ErrorKind.MODEL
                ? ""
                : ", standard errors " + summary.errors().name());
        Text.line(
            out,
            "%-" + width + "s %12s %11s %9s %9s %25s %11s %25s",
            "",
            "coefficient",
            "std. error",
            "z",
            "p",
            "95 % interval",
            "odds ratio",
            "95 % interval");
      }
      Text.line(
          out,
          "%-" + width + "s %12s %11s %9s %9s %12s %12s %11s %12s %12s",
          coefficient.name(),
          figures(coefficient.estimate()),
          figures(coefficient.error()),
          String.format(Locale.ROOT, "%.3f", coefficient.z()),
          p(coefficient.p()),
          figures(coefficient.lower()),
          figures(coefficient.upper()),
          figures(coefficient.oddsRatio()),
          figures(coefficient.oddsRatioLower()),
          figures(coefficient.oddsRatioUpper()));
    }
    Text.line(
        out,
        "Log-likelihood  %s, without features %s",
        Text.number(fit.logLikelihood(), 4),
        Text.number(fit.nullLogLikelihood(), 4));
    Text.line(
        out,
        "Deviance        %s, without features %s",
        Text.number(fit.deviance(), 4),
        Text.number(fit.nullDeviance(), 4));
    Text.line(
        out,
        "AIC, BIC        %s, %s (%d coefficients, %s observations)",
        Text.number(fit.aic(), 4),
        Text.number(fit.bic(), 4),
        fit.parameters(),
        observations(fit.observations()));
    Text.line(out, "McFadden's R2   %s", Text.number(fit.mcFadden(), 6));
    Text.line(
        out,
        "LR test         chi2 %s, %d degrees of freedom, p %s",
        Text.number(fit.likelihoodRatio(), 4),
        fit.degrees(),
        p(fit.likelihoodRatioP()));
    Text.line(
        out,
        "Condition       %s after %d iterations",
        Double.isFinite(fit.condition()) ? figures(fit.condition()) : "infinite",
        fit.iterations());
    for (String note : summary.notes()) {
      Text.line(out, "Note            %s", note);
    }
  }

  private static String observations(double count) {
    return count == Math.rint(count)
        ? String.format(Locale.ROOT, "%.0f", count)
        : Text.number(count, 4);
  }

  private static String figures(double value) {
    double size = Math.abs(value);
    return size != 0 && (size < 1e-3 || size >= 1e6)
        ? String.format(Locale.ROOT, "%.4e", value)
        : String.format(Locale.ROOT, "%.5f", value);
  }

  private static String p(double value) {
    return value < SMALL_P
        ? String.format(Locale.ROOT, "%.2e", value)
        : String.format(Locale.ROOT, "%.4f", value);
  }
}
