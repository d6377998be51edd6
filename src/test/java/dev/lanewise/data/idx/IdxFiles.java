// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.idx;

import dev.lanewise.data.Damage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes IDX files. */
public final class IdxFiles {

  private IdxFiles() {}

  /** The bytes of a file: type, dimensions, and the elements as they are. */
  public static byte[] idx(int type, byte[] elements, int... dimensions) {
    ByteBuffer out = ByteBuffer.allocate(4 + 4 * dimensions.length + elements.length);
    out.put(new byte[] {0, 0, (byte) type, (byte) dimensions.length});
    for (int dimension : dimensions) {
      out.putInt(dimension);
    }
    return out.put(elements).array();
  }

  /** Images and labels with the names that MNIST has for them; the file of the images. */
  public static Path write(Path folder, boolean gzip, byte[] pixels, int side, byte[] labels) {
    String end = gzip ? ".gz" : "";
    byte[] images = idx(8, pixels, labels.length, side, side);
    byte[] classes = idx(8, labels, labels.length);
    Path file = folder.resolve("train-images-idx3-ubyte" + end);
    try {
      Files.write(file, gzip ? Damage.gzipped(images) : images);
      Files.write(
          folder.resolve("train-labels-idx1-ubyte" + end),
          gzip ? Damage.gzipped(classes) : classes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
