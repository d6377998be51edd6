// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Printable;
import dev.lanewise.model.Explanations.Contribution;
import java.nio.file.Path;
import java.util.List;

/** Predictions for people: tabs between the words. */
final class PredictionText implements PredictionStyle {

  private static final int REASONS = 5;

  @Override
  public String header(int count, List<String> names) {
    return "";
  }

  @Override
  public void add(
      StringBuilder lines,
      Path file,
      int sample,
      List<String> names,
      int[] best,
      float[] probabilities,
      float[] all,
      List<Contribution> reasons) {
    lines.append(Printable.line(file.toString())).append('\t').append(sample);
    for (int i = 0; i < best.length; i++) {
      lines
          .append('\t')
          .append(Printable.line(names.get(best[i])))
          .append('\t')
          .append(probabilities[i]);
    }
    // The most important ones; --json has all.
    for (Contribution reason : reasons.subList(0, Math.min(REASONS, reasons.size()))) {
      lines
          .append('\t')
          .append(Printable.line(reason.column()))
          .append(reason.value() < 0 ? " " : " +")
          .append(Text.number(reason.value(), 4));
    }
    lines.append(System.lineSeparator());
  }
}
