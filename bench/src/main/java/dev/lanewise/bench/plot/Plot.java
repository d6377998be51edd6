// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.bench.plot;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import dev.lanewise.bench.Shape;
import java.awt.BasicStroke;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Plots the time of an iteration against features, and against samples. */
public final class Plot {

  private static final String USAGE = "bench/run --plot [--d 16,64,...] [--m 64,256,...] [FOLDER]";

  /** The samples while the features grow: near the tutorial's. */
  private static final int SAMPLES = 256;

  private static final int WIDTH = 720;
  private static final int HEIGHT = 480;

  /** The features while the samples grow. */
  private static final int FEATURES = 1024;

  private List<Integer> ds = List.of(16, 64, 256, 1024, 4096, 16384);
  private List<Integer> ms = List.of(64, 256, 1024, 4096, 16384, 65536);
  private Path folder;

  private Plot() {}

  /**
   * Times and plots. The exit status is 1 if a benchmark failed its verification.
   *
   * @param args the default folder, then {@code --d}, {@code --m} and another folder, all optional
   * @throws IOException if a file cannot be written
   */
  public static void main(String[] args) throws IOException {
    Plot plot = new Plot();
    try {
      plot.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage() + "; usage: " + USAGE);
      System.exit(2);
    }
    plot.run();
  }

  private void parse(String[] args) {
    folder = Path.of(args[0]);
    int next = 1;
    for (; next + 1 < args.length && args[next].startsWith("--"); next += 2) {
      switch (args[next]) {
        case "--d" -> ds = numbers(args[next + 1]);
        case "--m" -> ms = numbers(args[next + 1]);
        default -> throw new IllegalArgumentException("there is no option " + args[next]);
      }
    }
    if (next < args.length && !args[next].startsWith("--")) {
      folder = Path.of(args[next]);
      next++;
    }
    if (next < args.length) {
      throw new IllegalArgumentException("'" + args[next] + "' is too much");
    }
  }

  private static List<Integer> numbers(String text) {
    if (!text.matches("[1-9][0-9]{0,6}(,[1-9][0-9]{0,6})*")) {
      throw new IllegalArgumentException("expected numbers as 16,64, not '" + text + "'");
    }
    return Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
  }

  private void run() throws IOException {
    Files.createDirectories(folder);
    List<Shape> byFeatures = ds.stream().map(d -> new Shape(d, SAMPLES)).toList();
    write("features", "features, for " + SAMPLES + " samples", byFeatures, Shape::d);
    List<Shape> bySamples = ms.stream().map(m -> new Shape(FEATURES, m)).toList();
    write("samples", "samples of " + FEATURES + " features", bySamples, Shape::m);
  }

  private void write(String name, String axis, List<Shape> shapes, ToIntFunction<Shape> size)
      throws IOException {
    List<Point> points = Sweep.of(shapes);
    List<String> lines = new ArrayList<>(List.of(Point.HEADER));
    points.forEach(point -> lines.add(point.toCsv()));
    Path csv = folder.resolve("iteration-by-" + name + ".csv");
    Files.write(csv, lines);
    Path svg = folder.resolve("iteration-by-" + name + ".svg");
    ByteArrayOutputStream picture = new ByteArrayOutputStream();
    VectorGraphics2D graphics = new VectorGraphics2D();
    XYChart chart = chart(axis, points, size);
    chart.paint(graphics, WIDTH, HEIGHT);
    new SVGProcessor()
        .getDocument(graphics.getCommands(), new PageSize(WIDTH, HEIGHT))
        .writeTo(picture);
    Files.write(svg, picture.toByteArray());
    System.out.println(csv);
    System.out.println(svg);
  }

  private static XYChart chart(String axis, List<Point> points, ToIntFunction<Shape> size) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .theme(ChartTheme.Matlab)
            .xAxisTitle(axis)
            .yAxisTitle("microseconds an iteration")
            .build();
    chart.getStyler().setXAxisLogarithmic(true);
    chart.getStyler().setYAxisLogarithmic(true);
    // Dashes would be written one by one: a picture of a megabyte.
    chart.getStyler().setPlotGridLinesStroke(new BasicStroke(0.5f));
    chart.getStyler().setLegendPosition(LegendPosition.InsideNW);
    Map<String, List<Point>> series = new LinkedHashMap<>();
    for (Point point : points) {
      series.computeIfAbsent(point.series(), name -> new ArrayList<>()).add(point);
    }
    series.forEach(
        (name, its) ->
            chart
                .addSeries(
                    name,
                    its.stream().mapToDouble(point -> size.applyAsInt(point.shape())).toArray(),
                    its.stream().mapToDouble(point -> point.micros().median()).toArray())
                .setMarker(SeriesMarkers.CIRCLE));
    return chart;
  }
}
