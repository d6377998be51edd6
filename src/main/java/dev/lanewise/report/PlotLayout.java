// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import dev.lanewise.metric.Curve;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where everything in the picture of a curve stands, in units of the picture, from its upper left.
 *
 * @param title above the curve
 * @param xTitle below the horizontal axis
 * @param yTitle beside the vertical axis
 * @param x marks on the horizontal axis
 * @param y marks on the vertical axis
 * @param lines parts of the curve: it is interrupted where a value is not finite
 */
record PlotLayout(
    String title,
    String xTitle,
    String yTitle,
    List<Mark> x,
    List<Mark> y,
    List<List<Point>> lines) {

  static final int WIDTH = 800;
  static final int HEIGHT = 500;
  static final int LEFT = 76;
  static final int RIGHT = 772;
  static final int TOP = 56;
  static final int BOTTOM = 436;

  // The approximate number of marks on an axis.
  private static final int MARKS = 7;

  /** A mark on an axis and what it says. */
  record Mark(double at, String text) {}

  /** A point of the curve. */
  record Point(double x, double y) {}

  static PlotLayout of(Curve curve, String title, String xTitle, String yTitle) {
    double high = 0;
    double low = 0;
    for (int i = 0; i < curve.size(); i++) {
      if (Double.isFinite(curve.y(i))) {
        high = Math.max(high, curve.y(i));
        low = Math.min(low, curve.y(i));
      }
    }
    double first = curve.x(0);
    double last = curve.x(curve.size() - 1);
    double xStep = Math.max(1, step(last - first));
    double yStep = step(high - low);
    Scale x = new Scale(first, Math.max(last, first + 1), LEFT, RIGHT);
    Scale y =
        new Scale(Math.floor(low / yStep) * yStep, Math.ceil(high / yStep) * yStep, BOTTOM, TOP);
    return new PlotLayout(
        title, xTitle, yTitle, x.marks(xStep), y.marks(yStep), lines(curve, x, y));
  }

  /** A step of 1, 2 or 5 times a power of ten. */
  private static double step(double range) {
    if (!(range > 0)) {
      return 1;
    }
    double rough = range / MARKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double times = rough / power;
    return power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
  }

  private static List<List<Point>> lines(Curve curve, Scale x, Scale y) {
    List<List<Point>> lines = new ArrayList<>();
    List<Point> line = new ArrayList<>();
    for (int i = 0; i <= curve.size(); i++) {
      if (i < curve.size() && Double.isFinite(curve.y(i))) {
        line.add(new Point(x.at(curve.x(i)), y.at(curve.y(i))));
      } else if (!line.isEmpty()) {
        lines.add(line);
        line = new ArrayList<>();
      }
    }
    return lines;
  }

  /** A line as SVG writes the points of one. */
  static String points(List<Point> line) {
    StringBuilder text = new StringBuilder();
    for (Point point : line) {
      text.append(String.format(Locale.ROOT, "%.2f,%.2f ", point.x, point.y));
    }
    return text.toString().strip();
  }

  /** A number as SVG writes it. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** Values along an axis. */
  private record Scale(double from, double to, double start, double end) {

    double at(double value) {
      return start + (value - from) / (to - from) * (end - start);
    }

    List<Mark> marks(double step) {
      int places = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
      List<Mark> marks = new ArrayList<>();
      for (long i = (long) Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9; i++) {
        marks.add(
            new Mark(
                at(i * step),
                places == 0 ? Numbers.count(Math.round(i * step)) : text(i * step, places)));
      }
      return marks;
    }

    private static String text(double value, int places) {
      return places > 6
          ? String.format(Locale.ROOT, "%.1e", value)
          : Numbers.decimals(value, places);
    }
  }
}
