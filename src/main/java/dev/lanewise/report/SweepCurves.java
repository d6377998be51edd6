// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import dev.lanewise.metric.Curve;
import dev.lanewise.select.Setting;
import dev.lanewise.select.SweepResult;
import dev.lanewise.select.SweepRun;
import dev.lanewise.train.CostPoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The curves of cost of a sweep. Runs that differ in the number of iterations alone have one, that
 * of the longest.
 */
final class SweepCurves {

  /** More lines cannot be distinguished. */
  private static final int CURVES = 24;

  private static final int STRIPES = 50;
  private static final int ROWS = 25;

  /**
   * A curve.
   *
   * @param best whether the best run is on it
   */
  record Line(String name, boolean best, Curve curve, List<CostPoint> costs) {

    double lastCost() {
      return costs.get(costs.size() - 1).cost();
    }
  }

  private final List<Line> lines;
  private final int all;

  private SweepCurves(List<Line> lines, int all) {
    this.lines = lines;
    this.all = all;
  }

  static SweepCurves of(SweepResult result) {
    Map<Setting, SweepRun> longest = new LinkedHashMap<>();
    for (SweepRun run : result.runs()) {
      if (run.result().filter(end -> !end.costs().isEmpty()).isPresent()) {
        longest.merge(start(run), run, SweepCurves::longer);
      }
    }
    Setting best =
        result.best().isPresent() ? start(result.runs().get(result.best().getAsInt())) : null;
    boolean seeded = longest.keySet().stream().map(Setting::seed).distinct().count() > 1;
    List<Line> all = new ArrayList<>();
    longest.forEach(
        (start, run) -> {
          List<CostPoint> costs = run.result().orElseThrow().costs();
          Curve curve = Costs.curve(costs).thinned(STRIPES);
          all.add(new Line(name(start, seeded), start.equals(best), curve, costs));
        });
    List<Line> lowest =
        all.stream()
            .sorted(Comparator.comparing((Line line) -> !line.best()).thenComparing(Line::lastCost))
            .limit(CURVES)
            .toList();
    return new SweepCurves(all.stream().filter(lowest::contains).toList(), all.size());
  }

  /** A setting but for its iterations. */
  private static Setting start(SweepRun run) {
    return new Setting(run.setting().learningRate(), 0, run.setting().seed());
  }

  private static SweepRun longer(SweepRun one, SweepRun other) {
    return other.setting().iterations() > one.setting().iterations() ? other : one;
  }

  static String name(Setting setting, boolean seeded) {
    String rate = "rate " + Numbers.plain(setting.learningRate());
    return seeded ? rate + ", seed " + setting.seed() : rate;
  }

  List<Line> lines() {
    return lines;
  }

  Page.CostView view() {
    List<String> names = new ArrayList<>(List.of("iteration"));
    lines.forEach(line -> names.add(line.name()));
    String caption =
        "The cost J of the samples to learn from. Runs that differ in the number of iterations alone"
            + " share a curve; the best run is on the thick one.";
    if (lines.size() < all) {
      caption +=
          String.format(
              Locale.ROOT,
              " Of %s curves the %d with the lowest cost at their ends are drawn.",
              Numbers.count(all),
              lines.size());
    }
    return new Page.CostView("iteration", caption, names, table());
  }

  private List<List<String>> table() {
    List<Map<Integer, Double>> costs =
        lines.stream()
            .map(
                line ->
                    line.costs().stream()
                        .collect(Collectors.toMap(CostPoint::iteration, CostPoint::cost)))
            .toList();
    TreeSet<Integer> noted = new TreeSet<>();
    costs.forEach(some -> noted.addAll(some.keySet()));
    List<Integer> iterations = List.copyOf(noted);
    int rows = Math.min(ROWS, iterations.size());
    List<List<String>> table = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      int place = rows == 1 ? 0 : (int) ((long) row * (iterations.size() - 1) / (rows - 1));
      int iteration = iterations.get(place);
      List<String> values = new ArrayList<>(List.of(Numbers.count(iteration)));
      for (Map<Integer, Double> some : costs) {
        Double cost = some.get(iteration);
        values.add(cost == null ? "–" : Numbers.decimals(cost, 6));
      }
      table.add(values);
    }
    return table;
  }
}
