// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.image;

import dev.lanewise.data.DataException;
import dev.lanewise.data.FileStamp;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * A picture in a file, its header read and its pixels not yet.
 *
 * <p>Width and height are those of the picture upright.
 */
final class Picture implements AutoCloseable {

  /** More pixels are refused: 10,000 x 10,000. */
  static final long MOST_PIXELS = 100_000_000;

  /** Fewer are no picture, in either direction. */
  static final int SHORTEST_SIDE = 2;

  private static final long MOST_BYTES = 1L << 29;

  private final Pixels stored;
  private final Orientation orientation;
  private final int storedWidth;
  private final int storedHeight;

  private Picture(Pixels stored) throws BrokenPictureException {
    this.stored = stored;
    this.orientation = Orientation.of(stored.exif());
    this.storedWidth = guard(stored::width);
    this.storedHeight = guard(stored::height);
    checkSize(storedWidth, storedHeight);
  }

  /**
   * Opens a picture.
   *
   * @return the picture; the caller closes it
   * @throws BrokenPictureException if it is none, is cut short, or is too small or too large
   */
  static Picture open(Path file) throws BrokenPictureException {
    byte[] bytes = bytes(file);
    Optional<PictureKind> kind = PictureKind.of(bytes);
    if (kind.isEmpty()) {
      throw new BrokenPictureException(
          bytes.length == 0
              ? "is empty, expected a picture"
              : OtherKind.of(bytes)
                  .map(OtherKind::refusal)
                  .orElse("is not a picture, expected PNG, JPEG, BMP, GIF or WebP"));
    }
    Pixels stored = checked(kind.get(), bytes);
    try {
      return new Picture(stored);
    } catch (BrokenPictureException e) {
      stored.close();
      throw e;
    }
  }

  private static Pixels checked(PictureKind kind, byte[] bytes) throws BrokenPictureException {
    try {
      return kind.pixels(bytes);
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new BrokenPictureException("is cut short", e);
    }
  }

  private static byte[] bytes(Path file) throws BrokenPictureException {
    try {
      if (Files.isDirectory(file)) {
        throw new BrokenPictureException("is a folder, expected a picture");
      }
      // To read a pipe is to wait for somebody who writes.
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new BrokenPictureException("is not a file, expected a picture");
      }
      long size = Files.size(file);
      if (size > MOST_BYTES) {
        throw new BrokenPictureException(
            String.format(
                Locale.ROOT, "has %d bytes, expected a picture of at most %d", size, MOST_BYTES));
      }
      FileStamp before = FileStamp.of(file);
      // Files of the kernel (in /proc) have a size of 0, and some wait for ever.
      byte[] content = size == 0 ? new byte[0] : Files.readAllBytes(file);
      before.requireUnchanged(file);
      return content;
    } catch (ClosedByInterruptException e) {
      // The picture is not broken.
      throw DataException.unreadable(file.toString(), e);
    } catch (IOException e) {
      throw new BrokenPictureException(DataException.unreadable(e), e);
    }
  }

  private static void checkSize(int width, int height) throws BrokenPictureException {
    if (width < SHORTEST_SIDE || height < SHORTEST_SIDE) {
      throw new BrokenPictureException(
          String.format(
              Locale.ROOT,
              "is %d x %d pixels, expected at least %d x %d",
              width,
              height,
              SHORTEST_SIDE,
              SHORTEST_SIDE));
    }
    if ((long) width * height > MOST_PIXELS) {
      throw new BrokenPictureException(
          String.format(
              Locale.ROOT, "is %d x %d pixels, expected at most %d", width, height, MOST_PIXELS));
    }
  }

  int width() {
    return orientation.transposed() ? storedHeight : storedWidth;
  }

  int height() {
    return orientation.transposed() ? storedWidth : storedHeight;
  }

  /**
   * Decodes the pixels.
   *
   * @param rows the height that is wanted
   * @param columns the width that is wanted
   * @param channels 1 or 3
   * @return rows x columns x channels, upright
   * @throws BrokenPictureException if they cannot be decoded
   */
  byte[] pixels(int rows, int columns, int channels) throws BrokenPictureException {
    BufferedImage image = guard(stored::decode);
    if (image.getWidth() != storedWidth || image.getHeight() != storedHeight) {
      throw new BrokenPictureException(
          String.format(
              Locale.ROOT,
              "is damaged: it is %d x %d pixels, its header says %d x %d",
              image.getWidth(),
              image.getHeight(),
              storedWidth,
              storedHeight));
    }
    int storedRows = orientation.transposed() ? columns : rows;
    int storedColumns = orientation.transposed() ? rows : columns;
    byte[] pixels = guard(() -> resampled(image, storedRows, storedColumns, channels));
    return orientation.turn(pixels, storedRows, storedColumns, channels);
  }

  private static byte[] resampled(BufferedImage image, int rows, int columns, int channels)
      throws BrokenPictureException {
    int width = image.getWidth();
    int height = image.getHeight();
    PixelRows source = new PixelRows(image, channels);
    float[] row = new float[width * channels];
    int line = columns * channels;
    byte[] pixels = new byte[rows * line];
    if (width == columns && height == rows) {
      for (int i = 0; i < rows; i++) {
        source.read(i, row);
        store(row, 0, pixels, i * line, line);
      }
      return pixels;
    }
    Resampler across = new Resampler(width, columns);
    float[] narrow = new float[Math.multiplyExact(height, line)];
    for (int i = 0; i < height; i++) {
      source.read(i, row);
      for (int channel = 0; channel < channels; channel++) {
        across.line(row, channel, narrow, i * line + channel, channels);
      }
    }
    Resampler down = new Resampler(height, rows);
    float[] all = new float[rows * line];
    for (int at = 0; at < line; at++) {
      down.line(narrow, at, all, at, line);
    }
    store(all, 0, pixels, 0, all.length);
    return pixels;
  }

  private static void store(float[] in, int from, byte[] out, int to, int count) {
    for (int i = 0; i < count; i++) {
      out[to + i] = (byte) Math.clamp(Math.round(in[from + i]), 0, 255);
    }
  }

  /** What may throw anything where a file is damaged; a lack of memory is not its fault. */
  private interface Decoding<T> {
    T call() throws IOException, BrokenPictureException;
  }

  private static <T> T guard(Decoding<T> decoding) throws BrokenPictureException {
    try {
      return decoding.call();
    } catch (IOException | RuntimeException | StackOverflowError e) {
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new BrokenPictureException(
          String.format(Locale.ROOT, "is damaged or of an unsupported kind (%s)", reason), e);
    }
  }

  @Override
  public void close() {
    stored.close();
  }
}
