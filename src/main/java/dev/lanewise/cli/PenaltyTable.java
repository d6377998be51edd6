// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.select.Candidate;
import dev.lanewise.select.PenaltyScores;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tables of penalties, for people and for programs. */
final class PenaltyTable {

  private PenaltyTable() {}

  static void print(PenaltyScores scores, int picked, PrintWriter out) {
    Text.line(
        out,
        "Penalties       %d, by %d folds; * is picked%s",
        scores.candidates().size(),
        scores.folds(),
        picked == scores.best() ? "" : ", - costs least");
    Text.line(
        out,
        "  %12s  %10s  %10s  %10s  %10s  %s",
        "l2",
        "log-loss",
        "deviation",
        "accuracy",
        "iterations",
        "converged");
    for (int i = 0; i < scores.candidates().size(); i++) {
      Candidate candidate = scores.candidates().get(i);
      String mark = i == picked ? "*" : i == scores.best() ? "-" : " ";
      if (Double.isNaN(candidate.logLoss())) {
        Text.line(out, "%s %12s  diverged", mark, number(candidate.l2()));
      } else {
        Text.line(
            out,
            "%s %12s  %10.6f  %10.6f  %8.2f %%  %10.1f  %d of %d",
            mark,
            number(candidate.l2()),
            candidate.logLoss(),
            candidate.deviation(),
            100 * candidate.accuracy(),
            candidate.iterations(),
            candidate.converged(),
            candidate.folds());
      }
    }
    out.flush();
  }

  static void print(List<PathStep> path, PrintWriter out) {
    boolean tested = path.get(0).test() != null;
    Text.line(out, "Penalties       %d, from strong to weak", path.size());
    Text.line(
        out,
        "  %12s  %12s  %10s  %10s  %s%10s  %s",
        "l2",
        "objective",
        "train cost",
        "train acc.",
        tested ? " test cost   test acc.  " : "",
        "iterations",
        "converged");
    for (PathStep step : path) {
      String test =
          tested
              ? String.format(
                  Locale.ROOT,
                  "%10.6f  %8.2f %%  ",
                  step.test().cost(),
                  100 * step.test().accuracy())
              : "";
      Text.line(
          out,
          "  %12s  %12.9f  %10.6f  %8.2f %%  %s%10d  %s",
          number(step.l2()),
          step.result().convergence().objective(),
          step.train().cost(),
          100 * step.train().accuracy(),
          test,
          step.result().convergence().iterations(),
          step.result().convergence().converged() ? "yes" : "no");
    }
    out.flush();
  }

  /** Six digits of it, and no more zeros than it takes. */
  static String number(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros();
    boolean plain = value == 0 || value >= 1e-4 && value < 1e7;
    return plain ? rounded.toPlainString() : rounded.toString();
  }

  static Map<String, Object> json(PenaltyScores scores, int picked) {
    return JsonParts.ordered(
        "folds", scores.folds(),
        "picked", scores.candidates().get(picked).l2(),
        "best", scores.candidates().get(scores.best()).l2(),
        "oneStandardError", scores.candidates().get(scores.simplest()).l2(),
        "penalties", scores.candidates().stream().map(PenaltyTable::json).toList());
  }

  private static Map<String, Object> json(Candidate candidate) {
    boolean diverged = Double.isNaN(candidate.logLoss());
    return JsonParts.ordered(
        "l2", candidate.l2(),
        "diverged", diverged,
        "logLoss", diverged ? null : candidate.logLoss(),
        "deviation", diverged ? null : candidate.deviation(),
        "accuracy", diverged ? null : candidate.accuracy(),
        "iterations", diverged ? null : candidate.iterations(),
        "converged", candidate.converged());
  }
}
