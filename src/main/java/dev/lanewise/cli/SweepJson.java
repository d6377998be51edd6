// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.cli;

import dev.lanewise.data.Dataset;
import dev.lanewise.select.SweepResult;
import dev.lanewise.train.CostPoint;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A sweep told to programs: one JSON object at the end. */
final class SweepJson implements SweepOutput {

  private final PrintWriter out;
  private final Optional<Path> report;
  private final int folds;
  private final Map<String, Object> json = new LinkedHashMap<>();

  /**
   * A sweep.
   *
   * @param folds how many folds choose the best run; 0 if the test data do
   */
  SweepJson(PrintWriter out, Optional<Path> report, int folds) {
    this.out = out;
    this.report = report;
    this.folds = folds;
  }

  @Override
  public void started(Dataset train, Optional<Dataset> test) {
    json.put("train", JsonParts.data(train));
    json.put("test", test.map(JsonParts::data).orElse(null));
  }

  @Override
  public void finished(SweepResult result) {
    List<Map<String, Object>> runs = new ArrayList<>();
    for (int place = 0; place < result.runs().size(); place++) {
      boolean best = result.best().isPresent() && result.best().getAsInt() == place;
      Map<String, Object> row = SweepRow.of(result.runs().get(place), best);
      row.put(
          "costs",
          result.runs().get(place).result().stream()
              .flatMap(end -> end.costs().stream())
              .map(SweepJson::cost)
              .toList());
      runs.add(row);
    }
    json.put("runs", runs);
    json.put("chosenBy", folds == 0 ? "test" : "folds");
    json.put("folds", folds);
    json.put("report", report.orElse(null));
    JsonObject.print(json, out);
  }

  private static Map<String, Object> cost(CostPoint point) {
    return JsonParts.ordered("iteration", point.iteration(), "cost", point.cost());
  }
}
