// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.select.SweepResult;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Prints a sweep as CSV: a header, and a line for each run. */
final class SweepCsv implements SweepOutput {

  private final PrintWriter out;
  private final boolean escapeFormulas;

  SweepCsv(PrintWriter out, boolean escapeFormulas) {
    this.out = out;
    this.escapeFormulas = escapeFormulas;
  }

  @Override
  public void started(Dataset train, Optional<Dataset> test) {
    // The CSV has no column for it.
  }

  @Override
  public void finished(SweepResult result) {
    for (int place = 0; place < result.runs().size(); place++) {
      boolean best = result.best().isPresent() && result.best().getAsInt() == place;
      Map<String, Object> row = SweepRow.of(result.runs().get(place), best);
      if (place == 0) {
        out.println(String.join(",", row.keySet()));
      }
      out.println(row.values().stream().map(this::field).collect(Collectors.joining(",")));
    }
    out.flush();
  }

  private String field(Object value) {
    if (value == null) {
      return "";
    }
    return CsvField.of(value.toString(), escapeFormulas && value instanceof CharSequence);
  }
}
