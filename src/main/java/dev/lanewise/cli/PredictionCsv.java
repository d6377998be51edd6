// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import java.nio.file.Path;
import java.util.List;

/** Predictions as comma-separated values, by RFC 4180 but for the ends of lines. */
final class PredictionCsv implements PredictionStyle {

  private final boolean escapeFormulas;

  PredictionCsv(boolean escapeFormulas) {
    this.escapeFormulas = escapeFormulas;
  }

  @Override
  public String header(int count) {
    StringBuilder header = new StringBuilder("file,sample,class,probability");
    for (int i = 2; i <= count; i++) {
      header.append(",class").append(i).append(",probability").append(i);
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
      float[] probabilities) {
    lines.append(CsvField.of(file.toString(), escapeFormulas)).append(',').append(sample);
    for (int i = 0; i < best.length; i++) {
      lines
          .append(',')
          .append(CsvField.of(names.get(best[i]), escapeFormulas))
          .append(',')
          .append(probabilities[i]);
    }
    lines.append(System.lineSeparator());
  }
}
