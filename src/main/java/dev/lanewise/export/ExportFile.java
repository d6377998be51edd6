// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.export;

import dev.lanewise.data.file.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Puts bytes into a file, whole or not at all. */
final class ExportFile {

  private ExportFile() {}

  static void write(Path target, byte[] bytes) {
    WholeFile.write(
        target,
        channel -> {
          ByteBuffer rest = ByteBuffer.wrap(bytes);
          while (rest.hasRemaining()) {
            channel.write(rest);
          }
        },
        written -> {
          try {
            if (Files.size(written) != bytes.length) {
              throw new IOException(
                  String.format(Locale.ROOT, "only %d bytes arrived", Files.size(written)));
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
