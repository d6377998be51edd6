// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.gate;

import dev.lanewise.bench.ratio.Spread;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What the gate says of one ratio. A ratio that is too low is measured once more, and only what is
 * too low twice in a row has fallen.
 *
 * @param name the comparison's
 * @param requirement what it must reach
 * @param measured once or twice
 */
record Verdict(String name, Requirement requirement, List<Spread> measured) {

  private static final int TRIES = 2;

  static Verdict of(String name, Requirement requirement, Supplier<Spread> measurement) {
    Spread first = measurement.get();
    if (requirement.allows(first.median())) {
      return new Verdict(name, requirement, List.of(first));
    }
    return new Verdict(name, requirement, List.of(first, measurement.get()));
  }

  boolean holds() {
    return requirement.allows(measured.getLast().median());
  }

  @Override
  public String toString() {
    String ratios =
        measured.stream()
            .map(
                spread ->
                    String.format(
                        Locale.ROOT,
                        "%.2f (%.2f to %.2f)",
                        spread.median(),
                        spread.least(),
                        spread.greatest()))
            .collect(Collectors.joining(", again "));
    String verdict = "ok";
    if (!holds()) {
      verdict = "TOO LOW";
    } else if (measured.size() == TRIES) {
      verdict = "ok the second time";
    }
    return String.format(Locale.ROOT, "%-42s %s; %s: %s", name, ratios, requirement, verdict);
  }
}
