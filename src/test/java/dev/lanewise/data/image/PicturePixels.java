// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.data.image;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Datasets;
import dev.lanewise.data.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads each picture of a folder alone, for {@code src/test/python/compare_pictures.py}: {@code
 * PicturePixels PICTURES RESULTS}. Writes NAME.SHAPE with the pixels, or NAME.refused with the
 * message, into the second folder.
 */
public final class PicturePixels {

  private PicturePixels() {}

  /** Reads the pictures. */
  public static void main(String[] arguments) throws IOException {
    Path results = Path.of(arguments[1]);
    try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
      List<Path> pictures = files.sorted().toList();
      for (Path picture : pictures) {
        String name = picture.getFileName().toString();
        try (Dataset data = Datasets.read(picture, ReadOptions.unlabelled())) {
          float[] column = data.features().column(0);
          byte[] pixels = new byte[column.length];
          for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) Math.round(column[i] * 255);
          }
          Files.write(
              results.resolve(name + "." + data.shape().toString().replace(" ", "")), pixels);
        } catch (DataException e) {
          Files.writeString(results.resolve(name + ".refused"), e.getMessage());
        }
      }
    }
  }
}
