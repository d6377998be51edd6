// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.lanewise.model.Explanations.Contribution;
import java.nio.file.Path;
import java.util.List;

/** Predictions for programs: a JSON object a line, with the probabilities of all classes. */
final class PredictionJson implements PredictionStyle {

  private final boolean top;

  /**
   * The style.
   *
   * @param top whether the most probable classes are printed in an array, instead of the
   *     probabilities of all classes
   */
  PredictionJson(boolean top) {
    this.top = top;
  }

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
    lines.append("{\"file\":\"");
    JsonStringEncoder.getInstance().quoteAsString(file.toString(), lines);
    lines.append("\",\"sample\":").append(sample).append(',');
    add(lines, names.get(best[0]), probabilities[0]);
    if (top) {
      lines.append(",\"top\":[");
      for (int i = 0; i < best.length; i++) {
        lines.append(i == 0 ? "{" : ",{");
        add(lines, names.get(best[i]), probabilities[i]);
        lines.append('}');
      }
      lines.append(']');
    } else {
      lines.append(",\"probabilities\":{");
      for (int k = 0; k < all.length; k++) {
        lines.append(k == 0 ? "\"" : ",\"");
        JsonStringEncoder.getInstance().quoteAsString(names.get(k), lines);
        lines.append("\":").append(all[k]);
      }
      lines.append('}');
    }
    if (!reasons.isEmpty()) {
      lines.append(",\"contributions\":{");
      for (int i = 0; i < reasons.size(); i++) {
        lines.append(i == 0 ? "\"" : ",\"");
        JsonStringEncoder.getInstance().quoteAsString(reasons.get(i).column(), lines);
        lines.append("\":").append(reasons.get(i).value());
      }
      lines.append('}');
    }
    lines.append('}').append(System.lineSeparator());
  }

  private static void add(StringBuilder lines, String name, float probability) {
    lines.append("\"class\":\"");
    JsonStringEncoder.getInstance().quoteAsString(name, lines);
    lines.append("\",\"probability\":").append(probability);
  }
}
