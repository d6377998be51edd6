package dev.lanewise.report;

import dev.lanewise.model.Model;
import dev.lanewise.report.metric.Curve;
import dev.lanewise.train.CostPoint;
import java.util.ArrayList;
import java.util.List;

/**
 * The cost of a run as a curve, thinned where there are more points than a picture has room for.
 */
final class Costs {

  private static final int STRIPES = 100;

  /** Rows of the table beside the curve. */
  private static final int ROWS = 25;

  private final Curve curve;
  private final int noted;
  private final String unit;

  private Costs(Curve curve, int noted, String unit) {
    this.curve = curve;
    this.noted = noted;
    this.unit = unit;
  }

  static Costs of(List<CostPoint> costs, String unit) {
    double[] x = costs.stream().mapToDouble(CostPoint::iteration).toArray();
    double[] y = costs.stream().mapToDouble(CostPoint::cost).toArray();
    return new Costs(new Curve(x, y).thinned(STRIPES), costs.size(), unit);
  }

  /** What a cost is noted after: an epoch of stochastic gradient descent, else an iteration. */
  static String unit(Model model) {
    return model.provenance().options().containsKey("epochs") ? "epoch" : "iteration";
  }

  Curve curve() {
    return curve;
  }

  Page.CostView view() {
    String caption =
        curve.size() == noted
            ? "The cost J of the samples to learn from, before each %s that noted it (%s)."
                .formatted(unit, Numbers.count(noted))
            : ("The cost J of the samples to learn from; %s of the %s costs noted are drawn: of each"
                    + " of %d stripes the first, the last, the lowest and the highest.")
                .formatted(Numbers.count(curve.size()), Numbers.count(noted), STRIPES);
    return new Page.CostView(unit, caption, table());
  }

  private List<List<String>> table() {
    int rows = Math.min(ROWS, curve.size());
    List<List<String>> table = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      int point = rows == 1 ? 0 : (int) ((long) row * (curve.size() - 1) / (rows - 1));
      table.add(List.of(Numbers.count((long) curve.x(point)), Numbers.decimals(curve.y(point), 6)));
    }
    return table;
  }
}
