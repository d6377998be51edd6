// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.report;

import dev.lanewise.data.DataException;
import dev.lanewise.data.file.WholeFile;
import dev.lanewise.metric.Curve;
import dev.lanewise.train.TrainingResult;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The picture of the cost: J against the iterations, as the tutorial plots it. */
public final class CostPlot {

  /** What the picture can be stored as. */
  public enum Format {
    /** Vectors, in XML. */
    SVG,
    /** Pixels. */
    PNG;

    /**
     * The format that the extension of a file's name asks for.
     *
     * @param file the file
     * @return empty for another extension, or none
     */
    public static Optional<Format> of(Path file) {
      String name = file.getFileName() == null ? "" : file.getFileName().toString();
      String extension = name.substring(name.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
      for (Format format : values()) {
        if (name.contains(".") && format.name().equals(extension)) {
          return Optional.of(format);
        }
      }
      return Optional.empty();
    }
  }

  private CostPlot() {}

  /**
   * Writes the picture, whole or not at all. Of very many costs it shows some hundreds, among them
   * all peaks. PNG is drawn by Java2D, which is set headless unless {@code java.awt.headless} has a
   * value.
   *
   * @param result a run that noted its cost at least once
   * @param file the file, new or to be replaced
   * @param format what it is stored as
   * @throws IllegalArgumentException if the run noted no cost
   * @throws DataException if the file cannot be written, or this machine has no fonts for pixels
   */
  public static void write(TrainingResult result, Path file, Format format) {
    if (result.costs().isEmpty()) {
      throw new IllegalArgumentException("the run noted no cost");
    }
    String unit = Costs.unit(result.model());
    Curve curve = Costs.of(result, unit).curve();
    PlotLayout layout = PlotLayout.of(curve, "Cost", unit, "cost J");
    ByteBuffer content =
        ByteBuffer.wrap(format == Format.SVG ? Templates.plot(layout) : pixels(layout, file));
    WholeFile.write(
        file,
        channel -> {
          while (content.hasRemaining()) {
            channel.write(content);
          }
        },
        written -> {});
  }

  private static byte[] pixels(PlotLayout layout, Path file) {
    try {
      return PlotPainter.png(layout);
    } catch (InternalError | NoClassDefFoundError | ExceptionInInitializerError e) {
      // What Java2D throws where the system has no fonts, or lacks its libraries.
      throw new DataException(
          file.toString(), "cannot be drawn, as Java finds no fonts here; SVG needs none", e);
    }
  }
}
