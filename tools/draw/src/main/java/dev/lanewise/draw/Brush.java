// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.draw;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.MultipleGradientPaint.ColorSpaceType;
import java.awt.MultipleGradientPaint.CycleMethod;
import java.awt.Paint;
import java.awt.RadialGradientPaint;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;

/** Paints shaded shapes under one light; lengths are in hundredths of the picture's side. */
final class Brush {

  private static final float[] ENDS = {0f, 1f};
  private static final float[] ENDS_AND_MIDDLE = {0f, 0.5f, 1f};

  private final Graphics2D graphics;
  private final Light light;

  Brush(Graphics2D graphics, Light light) {
    this.graphics = graphics;
    this.light = light;
  }

  /** One even colour. */
  void flat(Shape shape, Color color) {
    paint(shape, color);
  }

  /** From one colour above to another below. */
  void fade(Shape shape, Color top, Color bottom) {
    Rectangle2D box = shape.getBounds2D();
    paint(
        shape,
        new LinearGradientPaint(
            new Point2D.Double(0, box.getMinY()),
            new Point2D.Double(0, box.getMaxY() + 1e-3),
            ENDS,
            new Color[] {top, bottom}));
  }

  /** Shaded from the lit side to the far side. */
  void solid(Shape shape, Color color) {
    Rectangle2D box = shape.getBounds2D();
    double reachX = light.x() * (box.getWidth() / 2 + 1e-3);
    double reachY = light.y() * (box.getHeight() / 2 + 1e-3);
    paint(
        shape,
        new LinearGradientPaint(
            new Point2D.Double(box.getCenterX() + reachX, box.getCenterY() + reachY),
            new Point2D.Double(box.getCenterX() - reachX, box.getCenterY() - reachY),
            ENDS_AND_MIDDLE,
            shades(color)));
  }

  /** Shaded as a ball is. */
  void round(Shape shape, Color color) {
    Rectangle2D box = shape.getBounds2D();
    double radius = 0.78 * StrictMath.max(box.getWidth(), box.getHeight()) + 1e-3;
    Point2D centre =
        new Point2D.Double(
            box.getCenterX() + 0.24 * light.x() * box.getWidth(),
            box.getCenterY() + 0.24 * light.y() * box.getHeight());
    paint(shape, new RadialGradientPaint(centre, (float) radius, ENDS_AND_MIDDLE, shades(color)));
  }

  /** Darkens the far side of something painted already, as a ball's is. */
  void dusk(Shape shape) {
    Rectangle2D box = shape.getBounds2D();
    Point2D lit =
        new Point2D.Double(
            box.getCenterX() + 0.3 * light.x() * box.getWidth(),
            box.getCenterY() + 0.3 * light.y() * box.getHeight());
    Color dark = Tint.rgb(10, 8, 20);
    Color[] colors = {
      Tint.veil(dark, 0), Tint.veil(dark, 0.1), Tint.veil(dark, 0.75 * light.contrast())
    };
    paint(
        shape,
        new RadialGradientPaint(lit, (float) (0.85 * box.getWidth()), ENDS_AND_MIDDLE, colors));
  }

  private Color[] shades(Color color) {
    return new Color[] {
      Tint.lighter(color, 0.25 * light.contrast()),
      color,
      Tint.darker(color, 0.6 * light.contrast())
    };
  }

  /** A line with round ends. */
  void line(Shape path, double width, Color color) {
    graphics.setStroke(
        new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.setPaint(color);
    graphics.draw(path);
  }

  /** A round limb or tail along a path: dark edge, body and a lit ridge. */
  void limb(Shape path, double width, Color color) {
    line(path, width, Tint.darker(color, 0.45 * light.contrast()));
    line(path, 0.8 * width, color);
    posed(
        0.1 * width * light.x(),
        0.1 * width * light.y(),
        0,
        1,
        1,
        () -> line(path, 0.3 * width, Tint.lighter(color, 0.15 * light.contrast())));
  }

  /** A spot of colour that fades to nothing at its rim. */
  void glow(double x, double y, double radiusX, double radiusY, Color color) {
    AffineTransform fit = new AffineTransform(radiusX, 0, 0, radiusY, x, y);
    Point2D origin = new Point2D.Double(0, 0);
    Color[] colors = {color, Tint.veil(color, 0)};
    paint(
        Outline.ellipse(x, y, radiusX, radiusY),
        new RadialGradientPaint(
            origin, 1f, origin, ENDS, colors, CycleMethod.NO_CYCLE, ColorSpaceType.SRGB, fit));
  }

  /** The soft shadow of something that stands at (x, y), thrown away from the light. */
  void shadow(double x, double y, double radiusX, double radiusY) {
    double lean = -light.x() * radiusX * 0.25;
    Color color = Tint.veil(Color.BLACK, 0.35 + 0.45 * light.contrast());
    glow(x + lean, y, radiusX * 1.25, radiusY * 1.25, color);
  }

  /** Lets the painting touch the inside of the shape only. */
  void within(Shape shape, Runnable painting) {
    Shape before = graphics.getClip();
    graphics.clip(shape);
    painting.run();
    graphics.setClip(before);
  }

  /** Lets the painting happen moved to (x, y), turned clockwise and stretched. */
  void posed(double x, double y, double angle, double scaleX, double scaleY, Runnable painting) {
    AffineTransform before = graphics.getTransform();
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    graphics.transform(
        new AffineTransform(cos * scaleX, sin * scaleX, -sin * scaleY, cos * scaleY, x, y));
    painting.run();
    graphics.setTransform(before);
  }

  private void paint(Shape shape, Paint paint) {
    graphics.setPaint(paint);
    graphics.fill(shape);
  }
}
