// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Pixels that a decoder of ImageIO reads. */
abstract class CodecPixels implements Pixels {

  private final ImageReader reader;
  private final ImageInputStream in;
  private final List<String> warnings = new ArrayList<>();

  /**
   * Pixels that are not decoded yet.
   *
   * @param format the name that ImageIO has for the kind
   * @param file all bytes of the file, as the decoder is to see them
   * @throws BrokenPictureException if this Java has no such decoder
   */
  CodecPixels(String format, byte[] file) throws BrokenPictureException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
    if (!readers.hasNext()) {
      throw new BrokenPictureException("is " + format + ", which this Java cannot read");
    }
    reader = readers.next();
    in = new PictureBytes(file);
    reader.setInput(in, false, true);
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
  }

  @Override
  public int width() throws IOException {
    return reader.getWidth(0);
  }

  @Override
  public int height() throws IOException {
    return reader.getHeight(0);
  }

  @Override
  public BufferedImage decode() throws IOException, BrokenPictureException {
    return decoded(() -> reader.read(0));
  }

  /** Decodes numbers as they are stored, without a change of colour space. */
  final Raster raster() throws IOException, BrokenPictureException {
    return decoded(() -> reader.readRaster(0, null));
  }

  private interface Decoding<T> {
    T call() throws IOException;
  }

  private <T> T decoded(Decoding<T> decoding) throws IOException, BrokenPictureException {
    T pixels = decoding.call();
    for (String warning : warnings) {
      // What is missing has been made up.
      String text = warning.toLowerCase(Locale.ROOT);
      if (text.contains("premature") || text.contains("corrupt") || text.contains("truncated")) {
        throw new BrokenPictureException("is cut short or damaged: " + warning);
      }
    }
    return pixels;
  }

  /**
   * Checks that no pixel names a colour that the palette lacks. Decoders take black for it.
   *
   * @param image the decoded picture
   * @param colours how many colours the palette of the file has
   */
  static void checkPalette(BufferedImage image, int colours) throws BrokenPictureException {
    if (!(image.getColorModel() instanceof IndexColorModel model)
        || colours >= 1 << model.getPixelSize()) {
      return;
    }
    Raster raster = image.getRaster();
    int[] row = new int[image.getWidth()];
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, row.length, 1, 0, row);
      for (int index : row) {
        if (index >= colours) {
          throw new BrokenPictureException(
              "is damaged: a pixel has colour " + index + " of a palette of " + colours);
        }
      }
    }
  }

  @Override
  public void close() {
    reader.dispose();
    try {
      in.close();
    } catch (IOException e) {
      // It was read only: nothing can be lost.
    }
  }
}
