// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.metric.BinaryMetrics;
import dev.lanewise.model.ConfusionMatrix;
import dev.lanewise.model.Evaluation;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** The tables of an evaluation, for people. */
final class EvaluationText {

  // A matrix of more classes does not fit on a screen.
  private static final int MOST_CLASSES = 20;

  private static final int LONGEST_NAME = 16;
  private static final int LONGEST_HEADING = 8;

  private final PrintWriter out;
  private final List<String> names;
  private final Evaluation evaluation;
  private final ConfusionMatrix confusion;

  EvaluationText(PrintWriter out, List<String> names, Evaluation evaluation) {
    this.out = out;
    this.names = names;
    this.evaluation = evaluation;
    this.confusion = evaluation.confusion();
  }

  /** Of two classes, class 1 first. */
  void ofTwo(BinaryMetrics metrics, float threshold) {
    area("ROC area", metrics.rocArea());
    area("Avg prec.", metrics.averagePrecision());
    Text.line(out, "Brier     %.6f", metrics.brierScore());
    Text.line(out, "Log-loss  %.6f", metrics.logLoss());
    Text.line(out, "Class     %s is predicted above a probability of %s", names.get(1), threshold);
    Text.line(out, "Precision %.4f", metrics.precision());
    Text.line(out, "Recall    %.4f", metrics.recall());
    Text.line(out, "F1        %.4f", metrics.f1());
    Text.line(out, "Matthews  %.4f", metrics.matthews());
    Text.line(out, "          predicted");
    int width = Math.max(8, Math.max(names.get(0).length(), names.get(1).length()));
    String row = "%-" + width + "s  %" + width + "s  %" + width + "s";
    Text.line(out, row, "actual", names.get(1), names.get(0));
    Text.line(out, row, names.get(1), evaluation.truePositives(), evaluation.falseNegatives());
    Text.line(out, row, names.get(0), evaluation.falsePositives(), evaluation.trueNegatives());
  }

  private void area(String name, OptionalDouble area) {
    Text.line(
        out,
        "%-9s %s",
        name,
        area.isPresent()
            ? String.format(Locale.ROOT, "%.6f", area.getAsDouble())
            : "needs samples of both classes");
  }

  /** Of more classes. */
  void ofMany(int top) {
    Text.line(out, "Macro F1  %.4f", evaluation.macroF1());
    if (top > 1) {
      double share = 100 * evaluation.topAccuracy(top);
      Text.line(out, "Top %-5d %.2f %%", top, share);
    }
    if (names.size() > MOST_CLASSES) {
      Text.line(out, "Classes   %d; --json has a line for each", names.size());
      return;
    }
    int width = widest(names, LONGEST_NAME, "actual".length());
    classes(width);
    matrix(width);
  }

  private void classes(int width) {
    String left = "%-" + width + "s";
    Text.line(out, left + "  %9s  %9s  %9s  %9s", "class", "samples", "precision", "recall", "F1");
    for (int k = 0; k < names.size(); k++) {
      Text.line(
          out,
          left + "  %9d  %9.4f  %9.4f  %9.4f",
          cut(names.get(k), LONGEST_NAME),
          confusion.samplesOf(k),
          confusion.precision(k),
          confusion.recall(k),
          confusion.f1(k));
    }
  }

  private void matrix(int width) {
    int most = IntStream.range(0, names.size()).map(confusion::samplesOf).max().orElseThrow();
    int cell = widest(names, LONGEST_HEADING, Integer.toString(most).length());
    Text.line(out, "%-" + width + "s  predicted", "");
    StringBuilder heading =
        new StringBuilder(String.format(Locale.ROOT, "%-" + width + "s", "actual"));
    for (String name : names) {
      heading.append(String.format(Locale.ROOT, "  %" + cell + "s", cut(name, LONGEST_HEADING)));
    }
    out.println(heading);
    for (int row = 0; row < names.size(); row++) {
      StringBuilder line =
          new StringBuilder(
              String.format(Locale.ROOT, "%-" + width + "s", cut(names.get(row), LONGEST_NAME)));
      for (int column = 0; column < names.size(); column++) {
        line.append(String.format(Locale.ROOT, "  %" + cell + "d", confusion.count(row, column)));
      }
      out.println(line);
    }
  }

  private static int widest(List<String> names, int longest, int least) {
    return names.stream()
        .mapToInt(name -> Math.min(name.length(), longest))
        .reduce(least, Math::max);
  }

  private static String cut(String name, int longest) {
    return name.length() <= longest ? name : name.substring(0, longest - 1) + "~";
  }
}
