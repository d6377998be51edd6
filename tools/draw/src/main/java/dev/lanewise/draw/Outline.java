// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;

/** Makes shapes from a few numbers; points are given as x, y, x, y and so on. */
final class Outline {

  private Outline() {}

  static Shape ellipse(double x, double y, double radiusX, double radiusY) {
    return new Ellipse2D.Double(x - radiusX, y - radiusY, 2 * radiusX, 2 * radiusY);
  }

  static Shape box(double left, double top, double width, double height) {
    return new Rectangle2D.Double(left, top, width, height);
  }

  static Shape roundBox(double left, double top, double width, double height, double corner) {
    return new RoundRectangle2D.Double(left, top, width, height, 2 * corner, 2 * corner);
  }

  static Shape polygon(double... points) {
    Path2D path = open(points);
    path.closePath();
    return path;
  }

  /** A closed curve through all the points. */
  static Shape blob(double... points) {
    int count = points.length / 2;
    Path2D path = start(points);
    for (int i = 0; i < count; i++) {
      bend(path, points, (i + count - 1) % count, i, (i + 1) % count, (i + 2) % count);
    }
    path.closePath();
    return path;
  }

  /** A blob that mirrors the points, given for x >= 0 from top to bottom, to the left. */
  static Shape symmetric(double... right) {
    int count = right.length / 2;
    double[] all = new double[4 * count];
    for (int i = 0; i < count; i++) {
      int mirror = 2 * count - 1 - i;
      all[2 * i] = right[2 * i];
      all[2 * i + 1] = right[2 * i + 1];
      all[2 * mirror] = -right[2 * i];
      all[2 * mirror + 1] = right[2 * i + 1];
    }
    return blob(all);
  }

  /** An open curve through all the points. */
  static Shape curve(double... points) {
    int last = points.length / 2 - 1;
    Path2D path = start(points);
    for (int i = 0; i < last; i++) {
      bend(path, points, StrictMath.max(i - 1, 0), i, i + 1, StrictMath.min(i + 2, last));
    }
    return path;
  }

  /** An open line through all the points. */
  static Path2D open(double... points) {
    Path2D path = start(points);
    for (int i = 2; i < points.length; i += 2) {
      path.lineTo(points[i], points[i + 1]);
    }
    return path;
  }

  private static Path2D start(double... points) {
    Path2D path = new Path2D.Double();
    path.moveTo(points[0], points[1]);
    return path;
  }

  /** Adds the Catmull-Rom piece from b to c, whose ends lean along a-c and b-d. */
  private static void bend(Path2D path, double[] points, int a, int b, int c, int d) {
    path.curveTo(
        points[2 * b] + (points[2 * c] - points[2 * a]) / 6,
        points[2 * b + 1] + (points[2 * c + 1] - points[2 * a + 1]) / 6,
        points[2 * c] - (points[2 * d] - points[2 * b]) / 6,
        points[2 * c + 1] - (points[2 * d + 1] - points[2 * b + 1]) / 6,
        points[2 * c],
        points[2 * c + 1]);
  }
}
