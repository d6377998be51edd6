// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.metric;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;

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
    return of(Arrays.copyOf(kept, count));
  }

  /**
   * The curve with the points that its shape takes (Ramer, Douglas and Peucker): no point that is
   * left out is further than a tolerance from the line between the two that are kept beside it.
   *
   * @param tolerance in units of x and y, which are taken to be drawn alike; at least 0
   * @return some of the points, the first and the last among them
   */
  public Curve simplified(double tolerance) {
    BitSet kept = new BitSet(size());
    Deque<int[]> left = new ArrayDeque<>();
    if (size() > 0) {
      kept.set(0);
      kept.set(size() - 1);
      left.push(new int[] {0, size() - 1});
    }
    while (!left.isEmpty()) {
      int[] ends = left.pop();
      int furthest = furthest(ends[0], ends[1]);
      if (furthest > ends[0] && distance(furthest, ends[0], ends[1]) > tolerance) {
        kept.set(furthest);
        left.push(new int[] {ends[0], furthest});
        left.push(new int[] {furthest, ends[1]});
      }
    }
    return of(kept.stream().toArray());
  }

  /** The point between two that is furthest from the line between them; the first if none is. */
  private int furthest(int from, int to) {
    int furthest = from;
    double distance = 0;
    for (int point = from + 1; point < to; point++) {
      double its = distance(point, from, to);
      if (its > distance) {
        furthest = point;
        distance = its;
      }
    }
    return furthest;
  }

  private double distance(int point, int from, int to) {
    double dx = x[to] - x[from];
    double dy = y[to] - y[from];
    double square = dx * dx + dy * dy;
    double along = (x[point] - x[from]) * dx + (y[point] - y[from]) * dy;
    double part = square > 0 ? Math.clamp(along / square, 0, 1) : 0;
    double offX = x[point] - x[from] - part * dx;
    double offY = y[point] - y[from] - part * dy;
    return Math.sqrt(offX * offX + offY * offY);
  }

  /**
   * The curve that is as high as each point from the one before it on, as lines can draw it.
   *
   * @return at most twice as many points
   */
  public Curve stepped() {
    double[] stepX = new double[Math.max(0, 2 * size() - 1)];
    double[] stepY = new double[stepX.length];
    for (int i = 0; i < stepX.length; i++) {
      stepX[i] = x[i / 2];
      stepY[i] = y[(i + 1) / 2];
    }
    return new Curve(stepX, stepY);
  }

  private Curve of(int[] points) {
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
