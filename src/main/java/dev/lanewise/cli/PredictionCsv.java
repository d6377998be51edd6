// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.model.Explanations.Contribution;
import java.nio.file.Path;
import java.util.List;

/** Predictions as comma-separated values, by RFC 4180 but for the ends of lines. */
final class PredictionCsv implements PredictionStyle {

  private final boolean escapeFormulas;

  /** Whether the most probable classes are printed instead of the probabilities of all classes. */
  private final boolean top;

  PredictionCsv(boolean escapeFormulas, boolean top) {
    this.escapeFormulas = escapeFormulas;
    this.top = top;
  }

  @Override
  public String header(int count, List<String> names) {
    StringBuilder header = new StringBuilder("file,sample,class,probability");
    for (int i = 2; i <= count; i++) {
      header.append(",class").append(i).append(",probability").append(i);
    }
    if (!top) {
      names.forEach(
          name -> header.append(',').append(CsvField.of("probability of " + name, escapeFormulas)));
    }
    return header + System.lineSeparator();
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
    lines.append(CsvField.of(file.toString(), escapeFormulas)).append(',').append(sample);
    for (int i = 0; i < best.length; i++) {
      lines
          .append(',')
          .append(CsvField.of(names.get(best[i]), escapeFormulas))
          .append(',')
          .append(probabilities[i]);
    }
    if (!top) {
      for (float probability : all) {
        lines.append(',').append(probability);
      }
    }
    lines.append(System.lineSeparator());
  }
}
