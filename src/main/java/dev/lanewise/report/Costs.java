// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import dev.lanewise.metric.Curve;
import dev.lanewise.model.Model;
import dev.lanewise.model.MultiClass;
import dev.lanewise.train.CostPoint;
import dev.lanewise.train.HeldOutCost;
import dev.lanewise.train.TrainingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The cost of a run as a curve, thinned where there are more points than a picture has room for.
 */
final class Costs {

  private static final int STRIPES = 100;

  /** Rows of the table beside the curve. */
  private static final int ROWS = 25;

  private final Curve curve;

  /** All costs of the samples held out; empty if there are none. */
  private final List<CostPoint> heldOut;

  private final int noted;
  private final String unit;

  private Costs(Curve curve, List<CostPoint> heldOut, int noted, String unit) {
    this.curve = curve;
    this.heldOut = heldOut;
    this.noted = noted;
    this.unit = unit;
  }

  static Costs of(TrainingResult run, String unit) {
    List<CostPoint> costs = run.costs();
    List<CostPoint> heldOut = run.heldOut().map(HeldOutCost::costs).orElse(List.of());
    return new Costs(curve(costs).thinned(STRIPES), heldOut, costs.size(), unit);
  }

  /** All of the costs. */
  static Curve curve(List<CostPoint> costs) {
    return new Curve(
        costs.stream().mapToDouble(CostPoint::iteration).toArray(),
        costs.stream().mapToDouble(CostPoint::cost).toArray());
  }

  /** What a cost is noted after: an epoch of stochastic gradient descent, else an iteration. */
  static String unit(Model model) {
    return model.provenance().options().containsKey("epochs") ? "epoch" : "iteration";
  }

  Curve curve() {
    return curve;
  }

  /** The cost of the samples held out as a curve, thinned, too; empty if there are none. */
  Optional<Curve> heldOut() {
    return heldOut.isEmpty() ? Optional.empty() : Optional.of(curve(heldOut).thinned(STRIPES));
  }

  Page.CostView view(Model model) {
    String what =
        model.multiClass().equals(Optional.of(MultiClass.OVR))
            ? "The mean over the classes of the cost J of each against the rest"
            : "The cost J of the samples to learn from";
    String caption =
        curve.size() == noted
            ? String.format(
                Locale.ROOT,
                "%s, before each %s that noted it (%s).",
                what,
                unit,
                Numbers.count(noted))
            : String.format(
                Locale.ROOT,
                "%s; %s of the %s costs noted are drawn: of each of %d stripes the first, the last,"
                    + " the lowest and the highest.",
                what,
                Numbers.count(curve.size()),
                Numbers.count(noted),
                STRIPES);
    return heldOut.isEmpty()
        ? new Page.CostView(unit, caption, List.of(unit, "cost J"), table())
        : new Page.CostView(
            unit,
            caption
                + " Beside it the cost of the samples held out, which has no penalty: where it rises"
                + " again, the model begins to learn the samples by heart.",
            List.of(unit, "cost J", "held out"),
            table());
  }

  private List<List<String>> table() {
    int rows = Math.min(ROWS, curve.size());
    Map<Integer, Double> ofHeldOut =
        heldOut.stream().collect(Collectors.toMap(CostPoint::iteration, CostPoint::cost));
    List<List<String>> table = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      int point = rows == 1 ? 0 : (int) ((long) row * (curve.size() - 1) / (rows - 1));
      List<String> texts = new ArrayList<>();
      texts.add(Numbers.count((long) curve.x(point)));
      texts.add(Numbers.decimals(curve.y(point), 6));
      if (!heldOut.isEmpty()) {
        Double other = ofHeldOut.get((int) curve.x(point));
        texts.add(other == null ? "–" : Numbers.decimals(other, 6));
      }
      table.add(texts);
    }
    return table;
  }
}
