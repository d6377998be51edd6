// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Printable;
import java.nio.file.Path;
import java.util.List;

/** Predictions for people: tabs between the words. */
final class PredictionText implements PredictionStyle {

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
      float[] all) {
    lines.append(Printable.line(file.toString())).append('\t').append(sample);
    for (int i = 0; i < best.length; i++) {
      lines
          .append('\t')
          .append(Printable.line(names.get(best[i])))
          .append('\t')
          .append(probabilities[i]);
    }
    lines.append(System.lineSeparator());
  }
}
