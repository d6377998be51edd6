// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import dev.lanewise.model.DenseLayer;
import dev.lanewise.model.Model;
import java.util.StringJoiner;

/** The layers of a network in a line. */
final class Architecture {

  private Architecture() {}

  /** Such as "12,288 features, 20 relu, 7 relu, 1 output". */
  static String of(Model model) {
    StringJoiner text = new StringJoiner(", ");
    text.add(Numbers.count(model.layers().getFirst().inputs()) + " features");
    int last = model.layers().size() - 1;
    for (int l = 0; l < last; l++) {
      DenseLayer layer = model.layers().get(l);
      text.add(Numbers.count(layer.units()) + " " + model.activation().orElseThrow().id());
    }
    int outputs = model.layers().get(last).units();
    return text.add(outputs == 1 ? "1 output" : Numbers.count(outputs) + " outputs").toString();
  }
}
