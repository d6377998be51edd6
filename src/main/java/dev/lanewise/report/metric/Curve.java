package dev.lanewise.report.metric;

import java.util.Arrays;

/** Points of a curve, x never falling. Immutable. */
public final class Curve {

  private final double[] x;
  private final double[] y;

  /**
   * A curve.
   *
   * @param x never falling; copied
   * @param y as many; copied
   * @throws IllegalArgumentException if there are not as many, or x falls
   */
  public Curve(double[] x, double[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(x.length + " x for " + y.length + " y");
    }
    for (int i = 1; i < x.length; i++) {
      if (x[i] < x[i - 1]) {
        throw new IllegalArgumentException("x falls at point " + i);
      }
    }
    this.x = x.clone();
    this.y = y.clone();
  }

  /**
   * The number of points.
   *
   * @return from 0
   */
  public int size() {
    return x.length;
  }

  /**
   * Where a point is.
   *
   * @param point from 0
   * @return its x
   */
  public double x(int point) {
    return x[point];
  }

  /**
   * How high a point is.
   *
   * @param point from 0
   * @return its y
   */
  public double y(int point) {
    return y[point];
  }

  /**
   * The curve with fewer points, which looks the same where a column of the picture is a stripe:
   * the width is cut into stripes, and of each the first point, the last, the lowest and the
   * highest are kept, so that no peak is lost and none made up.
   *
   * @param stripes at least 1
   * @return at most four times as many points; this curve if it has no more than that
   */
  public Curve thinned(int stripes) {
    if (size() <= 4 * stripes) {
      return this;
    }
    double from = x[0];
    double width = (x[size() - 1] - from) / stripes;
    int[] kept = new int[4 * stripes];
    int count = 0;
    for (int start = 0, end; start < size(); start = end) {
      int stripe = stripe(x[start], from, width, stripes);
      int lowest = start;
      int highest = start;
      for (end = start; end < size() && stripe(x[end], from, width, stripes) == stripe; end++) {
        lowest = y[end] < y[lowest] ? end : lowest;
        highest = y[end] > y[highest] ? end : highest;
      }
      count = keep(kept, count, start, lowest, highest, end - 1);
    }
    int[] points = Arrays.copyOf(kept, count);
    return new Curve(
        Arrays.stream(points).mapToDouble(i -> x[i]).toArray(),
        Arrays.stream(points).mapToDouble(i -> y[i]).toArray());
  }

  private static int stripe(double at, double from, double width, int stripes) {
    return width > 0 ? (int) Math.min(stripes - 1, (at - from) / width) : 0;
  }

  private static int keep(int[] kept, int count, int... points) {
    Arrays.sort(points);
    int end = count;
    for (int point : points) {
      if (end == 0 || kept[end - 1] != point) {
        kept[end++] = point;
      }
    }
    return end;
  }
}
