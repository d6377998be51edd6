// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;

/** Draws a {@link PlotLayout} as pixels, as the template draws it as vectors. */
final class PlotPainter {

  /** Pixels of a unit of the layout. */
  private static final int SCALE = 2;

  private static final Color PAPER = Color.WHITE;
  private static final Color INK = new Color(0x1b1f24);
  private static final Color SOFT = new Color(0x565e67);
  private static final Color LINE = new Color(0xdcdcd5);
  private static final Color CURVE = new Color(0x1f5fa6);

  private final Graphics2D graphics;

  private PlotPainter(Graphics2D graphics) {
    this.graphics = graphics;
  }

  static byte[] png(PlotLayout layout) {
    // No screen is needed, and none is to be looked for.
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
    BufferedImage image =
        new BufferedImage(
            PlotLayout.WIDTH * SCALE, PlotLayout.HEIGHT * SCALE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      graphics.scale(SCALE, SCALE);
      new PlotPainter(graphics).paint(layout);
    } finally {
      graphics.dispose();
    }
    ImageIO.setUseCache(false);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be written to", e);
    }
    return out.toByteArray();
  }

  private void paint(PlotLayout layout) {
    graphics.setColor(PAPER);
    graphics.fillRect(0, 0, PlotLayout.WIDTH, PlotLayout.HEIGHT);
    for (PlotLayout.Mark mark : layout.x()) {
      line(mark.at(), PlotLayout.TOP, mark.at(), PlotLayout.BOTTOM);
      text(mark.text(), mark.at(), PlotLayout.BOTTOM + 20, 0.5, 13, SOFT);
    }
    for (PlotLayout.Mark mark : layout.y()) {
      line(PlotLayout.LEFT, mark.at(), PlotLayout.RIGHT, mark.at());
      text(mark.text(), PlotLayout.LEFT - 10, mark.at() + 4.5, 1, 13, SOFT);
    }
    text(layout.title(), PlotLayout.LEFT, 34, 0, 18, INK);
    text(layout.xTitle(), middle(PlotLayout.LEFT, PlotLayout.RIGHT), 480, 0.5, 14, SOFT);
    AffineTransform upright = graphics.getTransform();
    graphics.rotate(-Math.PI / 2);
    text(layout.yTitle(), -middle(PlotLayout.TOP, PlotLayout.BOTTOM), 22, 0.5, 14, SOFT);
    graphics.setTransform(upright);
    graphics.setColor(CURVE);
    graphics.setStroke(new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    layout.lines().forEach(this::curve);
  }

  private void curve(List<PlotLayout.Point> points) {
    PlotLayout.Point first = points.get(0);
    if (points.size() == 1) {
      graphics.fill(new Ellipse2D.Double(first.x() - 3, first.y() - 3, 6, 6));
      return;
    }
    Path2D path = new Path2D.Double();
    path.moveTo(first.x(), first.y());
    points.forEach(point -> path.lineTo(point.x(), point.y()));
    graphics.draw(path);
  }

  private void line(double fromX, double fromY, double toX, double toY) {
    graphics.setColor(LINE);
    graphics.setStroke(new BasicStroke(1));
    graphics.draw(new Line2D.Double(fromX, fromY, toX, toY));
  }

  /** Writes a text; {@code part} of its width stands left of x. */
  private void text(String text, double x, double y, double part, int size, Color colour) {
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size));
    graphics.setColor(colour);
    double width = graphics.getFontMetrics().getStringBounds(text, graphics).getWidth();
    graphics.drawString(text, (float) (x - part * width), (float) y);
  }

  private static double middle(double from, double to) {
    return (from + to) / 2;
  }
}
